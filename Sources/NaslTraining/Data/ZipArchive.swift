import CZlib

/// The members of a ZIP archive, stored or deflated (APPNOTE.TXT 6.3, sections 4.3 and 4.4), as NumPy's `savez` writes them.
package struct ZipArchive {
    package struct Member: Sendable {
        package let name: String
        let method: Int
        let checksum: UInt32
        let packed: Int
        let unpacked: Int
        /// Of its local header.
        let start: Int
    }

    package let members: [Member]
    private let bytes: [UInt8]
    private let file: String

    /// Reads the directory at the end.
    ///
    /// - Parameter file: the name for errors.
    package init(_ bytes: [UInt8], file: String) throws(DataError) {
        self.bytes = bytes
        self.file = file
        let reader = LittleEndian(bytes)
        guard bytes.starts(with: [0x50, 0x4b]) else {
            let start = bytes.prefix(4).map { hexadecimal($0) }.joined(separator: " ")
            throw DataError(
                file: file, found: bytes.isEmpty ? "an empty file" : "a file that begins with \(start)", expected: "a ZIP archive, which begins with 50 4b")
        }
        // The record at the end has 22 bytes and a comment of at most 65,535.
        let last = bytes.count - 22
        guard last >= 0, let end = stride(from: last, through: max(0, last - 65_535), by: -1).first(where: { reader.u32($0) == 0x0605_4b50 }) else {
            throw DataError(file: file, offset: bytes.count, found: "no directory at the end", expected: "a whole ZIP archive")
        }
        let count = reader.u16(end + 10)
        var position = reader.u32(end + 16)
        var members: [Member] = []
        for _ in 0..<count {
            guard position <= bytes.count - 46, reader.u32(position) == 0x0201_4b50 else {
                throw DataError(file: file, offset: position, found: "no entry", expected: "entry \(members.count + 1) of \(count) of the directory")
            }
            let nameLength = reader.u16(position + 28)
            let next = position + 46 + nameLength + reader.u16(position + 30) + reader.u16(position + 32)
            guard next <= bytes.count else { throw DataError(file: file, offset: position, found: "an entry that goes beyond the end", expected: "a whole directory") }
            let name = String(decoding: bytes[position + 46..<position + 46 + nameLength], as: UTF8.self)
            let sizes = [reader.u32(position + 20), reader.u32(position + 24), reader.u32(position + 42)]
            guard !sizes.contains(0xffff_ffff) else {
                throw DataError(file: file, offset: position, found: "`\(name)` of more than 4 GB (ZIP64)", expected: "at most 2 GB")
            }
            guard reader.u16(position + 8) & 1 == 0 else { throw DataError(file: file, offset: position, found: "`\(name)` encrypted", expected: "plain data") }
            members.append(Member(
                name: name, method: reader.u16(position + 10), checksum: UInt32(truncatingIfNeeded: reader.u32(position + 16)),
                packed: sizes[0], unpacked: sizes[1], start: sizes[2]))
            position = next
        }
        self.members = members
    }

    /// The content of a member, its check sum compared.
    package func content(of member: Member, watch: LoadingWatch = .none) throws(DataError) -> [UInt8] {
        let reader = LittleEndian(bytes)
        guard member.start <= bytes.count - 30, reader.u32(member.start) == 0x0403_4b50 else {
            throw DataError(file: file, offset: member.start, found: "no member", expected: "`\(member.name)`")
        }
        let start = member.start + 30 + reader.u16(member.start + 26) + reader.u16(member.start + 28)
        guard start <= bytes.count, member.packed <= bytes.count - start else {
            throw DataError(file: file, offset: member.start, found: "`\(member.name)` with \(member.packed) bytes, beyond the end", expected: "a whole ZIP archive")
        }
        let content: [UInt8]
        switch member.method {
        case 0:
            guard member.packed == member.unpacked else { throw damaged(member, "two different lengths") }
            content = Array(bytes[start..<start + member.packed])
        case 8: content = try inflated(member, from: start, watch)
        default: throw DataError(file: file, offset: member.start, found: "`\(member.name)` packed by method \(member.method)", expected: "stored (0) or deflated (8)")
        }
        var sum = crc32(0, nil, 0)
        var done = 0
        while done < content.count {
            let count = min(1 << 24, content.count - done)
            sum = content.withUnsafeBufferPointer { buffer in crc32(sum, buffer.baseAddress.map { $0 + done }, UInt32(count)) }
            done += count
        }
        guard UInt32(truncatingIfNeeded: sum) == member.checksum else { throw damaged(member, "a wrong check sum") }
        return content
    }

    private func inflated(_ member: Member, from start: Int, _ watch: LoadingWatch) throws(DataError) -> [UInt8] {
        // Deflate packs at most 1,032 bytes into one.
        guard member.unpacked <= 1032 * (member.packed + 1), member.unpacked <= FileBytes.limit else { throw damaged(member, "an impossible length") }
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw DataError(file: file, found: "no memory to unpack it", expected: "64 kB")
        }
        defer { inflateEnd(&stream) }
        // One byte more, to see content that is too long.
        var content = [UInt8](repeating: 0, count: member.unpacked + 1)
        var taken = 0, made = 0
        while true {
            let offered = min(member.packed - taken, 1 << 22), room = min(content.count - made, 1 << 24)
            let status = bytes.withUnsafeBufferPointer { input in
                content.withUnsafeMutableBufferPointer { output in
                    stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + start + taken })
                    stream.avail_in = UInt32(offered)
                    stream.next_out = output.baseAddress.map { $0 + made }
                    stream.avail_out = UInt32(room)
                    return inflate(&stream, Z_NO_FLUSH)
                }
            }
            taken += offered - Int(stream.avail_in)
            made += room - Int(stream.avail_out)
            try watch.look(file, "unpacking", done: made, of: content.count)
            if status == Z_STREAM_END { break }
            guard status == Z_OK, made < content.count, taken < member.packed || stream.avail_out == 0 else { throw damaged(member, "damaged packed data") }
        }
        guard made == member.unpacked else { throw damaged(member, "\(made) bytes") }
        content.removeLast()
        return content
    }

    private func damaged(_ member: Member, _ found: String) -> DataError {
        DataError(file: file, offset: member.start, found: "\(found) in `\(member.name)`", expected: "\(member.unpacked) whole bytes")
    }
}

/// Whole numbers at places of a file; zero beyond its end.
private struct LittleEndian {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func u16(_ start: Int) -> Int { start >= 0 && start + 2 <= bytes.count ? Int(bytes[start]) | Int(bytes[start + 1]) << 8 : 0 }

    func u32(_ start: Int) -> Int { u16(start) | u16(start + 2) << 16 }
}

import Foundation
import NaslExport
import NaslExpr
import Testing

/// Exported C and Swift, compiled without a warning and run: the values and slopes that nasl finds.
struct CompiledTests {
    static let points: [(Double, Double)] = [
        (0.5, 1.25), (-0.5, 1.25), (2.5, 0.75), (1.5, 1.5), (-2, 3), (3, -2), (-1.5, -0.5), (0, 0), (1, 0), (0, 2), (.nan, 1), (1, .nan), (40, 0.1), (-40, 2),
    ]

    /// For each function the value and both slopes at each point, as the compiled program prints them.
    private func check(_ functions: [FunctionTerm], _ printed: [[Double]]) throws {
        #expect(printed.count == functions.count)
        for (function, values) in zip(functions, printed) {
            let slopes = try function.parameters.indices.map { try function.derivative(by: $0) }
            var expected: [Double] = []
            for (a, b) in Self.points {
                for term in [function] + slopes { expected.append(try term.value(at: [a, b])) }
            }
            #expect(values.count == expected.count)
            for (found, wanted) in zip(values, expected) {
                let isSame = found == wanted || (found.isNaN && wanted.isNaN) || abs(found - wanted) <= 1e-12 * max(1, abs(wanted))
                #expect(isSame, "\(function.text): \(found), expected \(wanted)")
            }
        }
    }

    @Test func c() throws {
        let functions = Programs.all + [Programs.arithmetic]
        try inFolder { folder in
            var main = "#include <stdio.h>\n", calls = ""
            for (number, function) in functions.enumerated() {
                try exported(function, .c, name: "f\(number)").write(toFile: "\(folder)/f\(number).c", atomically: true, encoding: .utf8)
                for name in ["f\(number)", "f\(number)_dx", "f\(number)_dy"] { main += "double \(name)(double x, double y);\n" }
                for (a, b) in Self.points {
                    for name in ["f\(number)", "f\(number)_dx", "f\(number)_dy"] { calls += "  printf(\"%.17g \", \(name)(\(cNumber(a)), \(cNumber(b))));\n" }
                }
                calls += "  puts(\"\");\n"
            }
            main += "#include <math.h>\nint main(void) {\n\(calls)  return 0;\n}\n"
            try main.write(toFile: "\(folder)/main.c", atomically: true, encoding: .utf8)
            try run("cd '\(folder)' && cc -std=c99 -O1 -Wall -Wextra -Werror -o program *.c -lm && ./program > out")
            try check(functions, try numbers("\(folder)/out"))
        }
    }

    @Test func swift() throws {
        let functions = Programs.all + [Programs.arithmetic]
        try inFolder { folder in
            var main = "import Foundation\nfunc line(_ numbers: [Double]) { print(numbers.map { \"\\($0)\" }.joined(separator: \" \")) }\n"
            let points = Self.points.map { "(\(swiftNumber($0)), \(swiftNumber($1)))" }.joined(separator: ", ")
            main += "let points: [(Double, Double)] = [\(points)]\n"
            for (number, function) in functions.enumerated() {
                try exported(function, .swift, name: "f\(number)").write(toFile: "\(folder)/f\(number).swift", atomically: true, encoding: .utf8)
                main += "line(points.flatMap { [f\(number)($0, $1), f\(number)SlopeX($0, $1), f\(number)SlopeY($0, $1)] })\n"
            }
            try main.write(toFile: "\(folder)/main.swift", atomically: true, encoding: .utf8)
            try run("cd '\(folder)' && swiftc -warnings-as-errors -Onone -o program *.swift && ./program > out")
            try check(functions, try numbers("\(folder)/out"))
        }
    }

    /// Python is at least parsed.
    @Test(arguments: [ExportFormat.pytorch, .jax, .sympy]) func python(_ format: ExportFormat) throws {
        try inFolder { folder in
            for (number, function) in (Programs.all + [Programs.arithmetic]).enumerated() {
                try exported(function, format, name: "f\(number)").write(toFile: "\(folder)/f\(number).py", atomically: true, encoding: .utf8)
            }
            try run("cd '\(folder)' && /usr/bin/python3 -m py_compile *.py")
        }
    }

    private func cNumber(_ value: Double) -> String { value.isNaN ? "NAN" : "\(value)" }
    private func swiftNumber(_ value: Double) -> String { value.isNaN ? ".nan" : "\(value)" }

    private func numbers(_ path: String) throws -> [[Double]] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
            // `-nan` is not read by Swift.
            line.split(separator: " ").map { Double($0.replacing("-nan", with: "nan")) ?? -12345 }
        }
    }

    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "nasl-export-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func run(_ command: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let said = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(String(decoding: said, as: UTF8.self).prefix(3000))")
    }
}

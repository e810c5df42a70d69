/// Boxes and arrows, from top to bottom: the layers of a net with its skip connections, the tree of a cell.
package struct Diagram: Sendable, Hashable {
    package struct Box: Sendable, Hashable {
        package enum Role: Sendable, Hashable { case input, operation, output }

        package var role: Role
        /// What it does, an operation a line.
        package var lines: [String]

        package init(_ role: Role, _ lines: [String]) {
            self.role = role
            self.lines = lines
        }
    }

    package struct Arrow: Sendable, Hashable {
        package var from: Int
        package var to: Int

        package init(_ from: Int, _ to: Int) { (self.from, self.to) = (from, to) }
    }

    package var boxes: [Box]
    /// Each from a box to a later one, once.
    package var arrows: [Arrow]

    package init(boxes: [Box], arrows: [Arrow]) {
        self.boxes = boxes
        self.arrows = arrows
    }

    /// The same with boxes joined that only follow one another: what one gives goes to the next and nowhere else.
    func joined() -> Diagram {
        var inputs = [Int](repeating: 0, count: boxes.count), outputs = inputs
        for arrow in arrows {
            outputs[arrow.from] += 1
            inputs[arrow.to] += 1
        }
        var result = Diagram(boxes: [], arrows: [])
        var place = [Int](repeating: 0, count: boxes.count)
        for (number, box) in boxes.enumerated() {
            let incoming = arrows.filter { $0.to == number }
            if let before = incoming.first?.from, incoming.count == 1, outputs[before] == 1, boxes[before].role == .operation, box.role == .operation {
                place[number] = place[before]
                result.boxes[place[number]].lines += box.lines
                continue
            }
            place[number] = result.boxes.count
            result.boxes.append(box)
            result.arrows += incoming.map { Arrow(place[$0.from], result.boxes.count - 1) }
        }
        return result
    }
}

/// A place in the picture: 0...1 from left to right and from bottom to top.
package struct Place: Sendable, Hashable {
    package var x: Double
    package var y: Double

    package init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

extension Series {
    /// The lines to be drawn, cut at the borders of the picture: one for each stretch without a gap. A stretch of one point is a point.
    package func strokes(_ x: Limits, _ y: Limits) -> [[Place]] {
        var pen = Pen()
        for (px, py) in zip(xs, ys) {
            guard px.isFinite, py.isFinite else {
                pen.lift()
                continue
            }
            let place = Place(x.fraction(px), y.fraction(py))
            if style == .steps, let last = pen.last, last.y != place.y { pen.move(to: Place(place.x, last.y)) }
            pen.move(to: place)
        }
        pen.lift()
        return pen.strokes
    }

    /// The points within the picture.
    package func points(_ x: Limits, _ y: Limits) -> [Place] {
        zip(xs, ys).lazy.filter { $0.isFinite && $1.isFinite }.map { Place(x.fraction($0), y.fraction($1)) }.filter(\.isInside)
    }
}

/// Follows the points of a series and keeps what lies within the picture.
private struct Pen {
    private(set) var strokes: [[Place]] = []
    private(set) var last: Place?
    private var current: [Place] = []

    mutating func move(to place: Place) {
        if let last { draw(last, place) } else if place.isInside { current = [place] }
        last = place
    }

    mutating func lift() {
        end()
        last = nil
    }

    private mutating func end() {
        if !current.isEmpty { strokes.append(current) }
        current = []
    }

    private mutating func draw(_ a: Place, _ b: Place) {
        // From above the picture to below it or back: a pole, not a line.
        let isPole = (a.y > 1 && b.y < 0) || (a.y < 0 && b.y > 1)
        guard !isPole, let (from, to) = Place.clipped(a, b) else { return end() }
        if current.last != from {
            end()
            current = [from]
        }
        current.append(to)
        if to != b { end() }
    }
}

extension Place {
    var isInside: Bool { (0...1).contains(x) && (0...1).contains(y) }

    /// The part of a line within the picture (Liang & Barsky 1984).
    static func clipped(_ a: Place, _ b: Place) -> (Place, Place)? {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        var (enter, leave) = (0.0, 1.0)
        for (speed, room) in [(-dx, a.x), (dx, 1 - a.x), (-dy, a.y), (dy, 1 - a.y)] {
            if speed == 0 {
                if room < 0 { return nil }
            } else if speed < 0 {
                enter = max(enter, room / speed)
            } else {
                leave = min(leave, room / speed)
            }
        }
        guard enter <= leave else { return nil }
        // Rounding may put a cut a hair outside.
        func at(_ share: Double) -> Place { Place(min(max(a.x + share * dx, 0), 1), min(max(a.y + share * dy, 0), 1)) }
        return (enter == 0 ? a : at(enter), leave == 1 ? b : at(leave))
    }
}

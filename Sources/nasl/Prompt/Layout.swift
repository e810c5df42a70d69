/// Where the characters of an entry stand on the screen, as the line editor puts them: from the prompt on, a row ends at the terminal's
/// width or at a newline.
///
///     Layout(Array("ab\ncd".unicodeScalars), width: 80).place(of: 3)   // row 1, column 0
struct Layout {
    struct Place: Equatable {
        var row: Int
        var column: Int
    }

    /// One for each character, and one for the cursor behind the last.
    let places: [Place]
    private let width: Int
    /// False where something is shown in another form than itself, such as `^A`, so that places cannot be known.
    let isKnown: Bool

    init(_ scalars: [Unicode.Scalar], width: Int) {
        var places: [Place] = []
        places.reserveCapacity(scalars.count + 1)
        var place = Place(row: 0, column: Prompt.ready.utf8.count)
        var known = width > Prompt.ready.utf8.count
        for scalar in scalars {
            if scalar == "\n" {
                places.append(place)
                place = Place(row: place.row + 1, column: 0)
                continue
            }
            let cells = Terminal.cells(scalar)
            if cells < 0 { known = false }
            let step = max(1, cells)
            // A wide character that does not fit begins the next row.
            if place.column + step > width { place = Place(row: place.row + 1, column: 0) }
            places.append(place)
            place.column += step
            if place.column >= width { place = Place(row: place.row + 1, column: 0) }
        }
        places.append(place)
        self.places = places
        isKnown = known
        self.width = width
    }

    /// Whether `scalar` fills its row to the edge, and the next character begins the next row.
    func goesOn(from place: Place, _ scalar: Unicode.Scalar, to next: Place) -> Bool {
        next == Place(row: place.row + 1, column: 0) && place.column + max(1, Terminal.cells(scalar)) == width
    }

    func place(of index: Int) -> Place { places[min(max(0, index), places.count - 1)] }

    var rows: Int { (places.last?.row ?? 0) + 1 }
}

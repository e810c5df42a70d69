import Foundation
import NaslSession
import Testing
#if canImport(FoundationXML)
import FoundationXML
#endif

/// SVG pictures, read back by an XML parser.
@Suite struct PlotPictureTests {
    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [(name: String, attributes: [String: String])] = []
        var texts: [String] = []
        private var isText = false

        func parser(_ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]) {
            elements.append((name, attributes))
            isText = name == "text" || name == "title"
            if isText { texts.append("") }
        }
        func parser(_ parser: XMLParser, foundCharacters string: String) { if isText { texts[texts.count - 1] += string } }
        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) { isText = false }
    }

    private func read(_ plot: Plot, width: Int = 720, height: Int? = nil) throws -> Reader {
        let reader = Reader()
        let parser = XMLParser(data: Data(SVGPlot(plot, width: width, height: height).text.utf8))
        parser.delegate = reader
        try #require(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "") in line \(parser.lineNumber)")
        return reader
    }

    private func curves(_ names: [String], title: String? = nil) -> Plot {
        Plot(.curves(names.map { Series($0, xs: [0, 0.5, 1], ys: [0, .nan, 1]) }), title: title, x: Axis(Limits(0, 1), label: "x"), y: Axis(Limits(0, 1), label: "y"))
    }

    @Test func textsAreEscaped() throws {
        let name = "x -> select(x < 1 & \"a\" > 'b', x)"
        let found = try read(curves([name], title: "<script>\u{1}&amp;\u{FFFE}")).texts
        #expect(found.contains(name))
        #expect(found.first == "<script>\u{FFFD}&amp;\u{FFFD}")
        #expect(try read(curves(["σ(漢)"])).texts.contains("σ(漢)"))
    }

    @Test func itStandsAlone() throws {
        let reader = try read(curves(["f"]), width: 300, height: 200)
        let root = try #require(reader.elements.first)
        #expect(root.name == "svg" && root.attributes["viewBox"] == "0 0 300 200" && root.attributes["width"] == "300")
        #expect(!reader.elements.contains { ["script", "image", "use", "style"].contains($0.name) })
        #expect(!reader.elements.contains { $0.attributes["href"] != nil || $0.attributes["xlink:href"] != nil })
    }

    @Test func gapsAreNotDrawnOver() throws {
        let reader = try read(curves(["f"]))
        #expect(reader.elements.count { $0.name == "polyline" } == 0 && reader.elements.count { $0.name == "circle" } == 2, "two points alone")
        let line = Plot(.curves([Series("f", xs: [0, 1, 2, 3, 4], ys: [0, 1, .infinity, 1, 0])]), x: Axis(Limits(0, 4)), y: Axis(Limits(0, 1)))
        #expect(try read(line).elements.count { $0.name == "polyline" } == 2)
    }

    @Test func everythingLiesWithinThePicture() throws {
        let wild = (0...100).map { Double($0 * $0 % 37) * 1e3 - 15e3 }
        let plot = Plot(.curves([Series("f", xs: (0...100).map { Double($0) / 10 - 2 }, ys: wild), Series("p", xs: [0.5], ys: [0.5], style: .points)]),
                        title: "t", x: Axis(Limits(0, 1)), y: Axis(Limits(-1, 1)), notes: ["a", "b"])
        for (width, height) in [(200, 150), (720, 440), (4000, 4000)] {
            let reader = try read(plot, width: width, height: height)
            for element in reader.elements {
                for (key, limit) in [("x", width), ("cx", width), ("x1", width), ("x2", width), ("y", height), ("cy", height), ("y1", height), ("y2", height)] {
                    guard let value = element.attributes[key] else { continue }
                    let number = try #require(Double(value))
                    #expect(number >= 0 && number <= Double(limit), "\(element.name) \(key)")
                }
                for pair in (element.attributes["points"] ?? "").split(separator: " ") {
                    let numbers = pair.split(separator: ",").compactMap { Double($0) }
                    #expect(numbers.count == 2 && numbers[0] >= 0 && numbers[0] <= Double(width) && numbers[1] >= 0 && numbers[1] <= Double(height))
                }
            }
        }
    }

    @Test func barsAndTheirDeviations() throws {
        let bars = [Bar("a", 2, deviation: 0.5), Bar("b", -1), Bar("c", .nan)]
        let fromZero = try read(Plot(.bars(bars, .fromZero), x: Axis(Limits(-1, 2)), y: Axis(Limits(0, 3))))
        let rectangles = fromZero.elements.filter { $0.name == "rect" && $0.attributes["height"] == "23.8" || $0.attributes["fill"] == "#0072b2" }
        #expect(rectangles.count == 2)
        let (first, second) = (rectangles[0].attributes, rectangles[1].attributes)
        let (left, zero) = (Double(second["x"] ?? "") ?? .nan, Double(first["x"] ?? "") ?? .nan)
        let (long, short) = (Double(first["width"] ?? "") ?? .nan, Double(second["width"] ?? "") ?? .nan)
        #expect(abs(long - 2 * short) < 0.1 && abs(left + short - zero) < 0.1)
        #expect(["2.000 ± 0.5000", "-1.000", "-"].allSatisfy(fromZero.texts.contains))
        let interval = try read(Plot(.bars(bars, .interval), x: Axis(Limits(-1, 3)), y: Axis(Limits(0, 3))))
        #expect(interval.elements.count { $0.name == "circle" } == 2)
    }

    @Test func heatMaps() throws {
        let map = HeatMap(rows: 2, columns: 2, numbers: [0, 1, 1, .nan], scale: Limits(0, 1))
        let reader = try read(Plot(.heatMap(map), x: Axis(Limits(-0.5, 1.5)), y: Axis(Limits(-0.5, 1.5))))
        let paths = reader.elements.filter { $0.name == "path" }
        #expect(paths.map { $0.attributes["fill"] } == ["#440154", "#fde725"])
        #expect(paths.map { ($0.attributes["d"] ?? "").count { $0 == "M" } } == [1, 2], "the number that is none has no cell")
        let large = HeatMap(rows: 1000, columns: 1000, numbers: [Double](repeating: 0.5, count: 1_000_000), scale: Limits(0, 1))
        #expect(SVGPlot(Plot(.heatMap(large), x: Axis(Limits(0, 1)), y: Axis(Limits(0, 1)))).text.utf8.count < 2_000_000)
    }
}

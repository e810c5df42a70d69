import Foundation
import NaslTensor

/// The project's side of `Benchmarks/run.py`: names a figure and answers each line of the standard input with one measurement, in seconds of
/// the CPU for one unit of the figure's work.
@main
enum NaslBenchmarks {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 1 else {
            for name in figures.keys.sorted() { print(name) }
            return
        }
        if arguments[1] == "machine" {
            print("nasl: instruction set \(Engine.instructionSet), OpenBLAS core \(Engine.blasCore)")
            return
        }
        if arguments.count > 2, arguments[1] == "profile" { return try Children.profile(arguments[2]) }
        guard let prepare = figures[arguments[1]] else { throw Unknown(name: arguments[1]) }
        let measure = try prepare()
        _ = try measure()
        answer("ready")
        while readLine() != nil {
            answer(String(try measure()))
        }
    }

    struct Unknown: Error { let name: String }

    /// Gives the seconds of one unit of work.
    typealias Measurement = () throws -> Double

    static var figures: [String: () throws -> Measurement] {
        Children.figures.merging(Expressions.figures) { $1 }.merging(Controllers.figures) { $1 }.merging(Products.figures) { $1 }.merging(Spaces.figures) { $1 }.merging(Searches.figures) { $1 }
    }

    private static func answer(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    /// Seconds of the CPU that `body` takes: others may use the machine at the same time.
    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let begin = clock()
        try body()
        return Double(clock() - begin) / Double(CLOCKS_PER_SEC)
    }
}

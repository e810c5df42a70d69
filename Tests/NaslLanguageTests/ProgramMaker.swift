import NaslRandom

/// Draws programs of every kind of statement, with odd spaces, line breaks, comments and empty lines where they may stand.
struct ProgramMaker {
    var stream: RandomStream

    mutating func program() -> String {
        (0...stream.below(4)).map { _ in statement(depth: 2) + end() }.joined()
    }

    /// A few pieces left out, doubled, or swapped for others.
    mutating func mutated(_ text: String) -> String {
        var characters = Array(text)
        for _ in 0...stream.below(2) where !characters.isEmpty {
            let place = stream.below(characters.count)
            switch stream.below(3) {
            case 0: characters.remove(at: place)
            case 1: characters.insert(contentsOf: pick(["\n", ";", " ", "-", "(", ")", "|", "#", ",", " by ", "..", "\n\n"]), at: place)
            default: characters.insert(characters[stream.below(characters.count)], at: place)
            }
        }
        return String(characters)
    }

    private mutating func pick(_ texts: [String]) -> String { texts[stream.below(texts.count)] }
    private mutating func space() -> String { pick(["", " ", " ", "  ", "\t"]) }
    private mutating func gap() -> String { pick([" ", " ", "  "]) }
    /// Where a line may be broken because it goes on.
    private mutating func split() -> String { pick(["", " ", " ", " ", "\n", "\n\n   ", "  # why\n"]) }
    private mutating func end() -> String { pick(["\n", "\n", "\n\n", "\n\n\n", " # said\n", ";\n", "\n## not above\n\n", "\n#! x\n", "\r\n"]) }

    private mutating func statement(depth: Int) -> String {
        let documentation = pick(["", "", "## What it is.\n", "##  More\n## of it.\n"])
        switch stream.below(depth == 2 ? 9 : 5) {
        case 0: return "let" + gap() + "a" + space() + "=" + split() + expression(depth)
        case 1: return documentation + "fn" + gap() + "f" + space() + parameters() + space() + "=" + split() + expression(depth)
        case 2 where depth > 0: return documentation + "fn g" + parameters() + space() + body(depth)
        case 3 where depth > 0: return "for" + gap() + "i" + gap() + "in" + gap() + "1..3" + gap() + body(depth)
        case 5, 6: return documentation + grammar()
        case 7: return documentation + "task t(f: G," + space() + "w" + space() + ":" + space() + "64)" + space() + body(depth, last: "reward" + gap() + pick(["", "-"]) + expression(1))
        case 8: return "law ?a" + space() + "+" + split() + "?b == ?b+?a"
        default: return expression(depth)
        }
    }

    private mutating func body(_ depth: Int, last: String? = nil) -> String {
        var parts = (0..<stream.below(3)).map { _ in statement(depth: depth - 1) }
        if let last { parts.append(last) }
        let separator = pick([";", "; ", "\n", "\n\n", " # then\n", ";\n"])
        return "{" + pick(["", " ", "\n", " # body\n", "\n\n"]) + parts.joined(separator: separator) + pick([" ", ";", "\n", "\n\n", " # end\n"]) + "}"
    }

    private mutating func parameters() -> String {
        "(" + space() + pick(["", "a", "a,b", "a ,b: 2", "a: Tensor, b", "a,\n  b"]) + ")"
    }

    private mutating func grammar() -> String {
        var lines = ["E" + space() + "=" + space() + alternatives(), "Node" + space() + "(p,q)" + space() + "= p|q", "S=" + alternatives()]
        for _ in 0..<stream.below(4) {
            lines.append(pick(["limit depth<=3", "limit  size in 4 .. 15", "limit count( const )<= 2", "limit depth(E)<=2", "forbid -( -_)", "forbid -x within -_", "forbid ?a-?a", "require(x)"]))
        }
        let separator = pick(["\n", "\n", " ; ", "\n\n", " # rule\n", "\n # between\n"])
        return "grammar G" + pick(["", "(x: Tensor)", "( x:Tensor )->Tensor"]) + space() + "{" + pick(["", "\n", " # of\n"]) + lines.joined(separator: separator) + pick(["", "\n", " # end\n"]) + "}"
    }

    private mutating func alternatives() -> String {
        (0...stream.below(12)).map { _ in expression(2) + pick(["", "", " @4", "@ 0.5"]) }.joined(separator: pick(["|", " | ", "\n  | ", " |\n", " # or\n|"]))
    }

    private mutating func expression(_ depth: Int) -> String {
        guard depth > 0 else {
            return pick(["x", "1", "-1", "2.5", "E", "E{2}", "E{3 .. 6}", "\"a # b\"", "true", "none", "20s", "[]", "some_longer_name", "[1,2 , 3]", "(lr : 0.1,in: 2)"])
        }
        let (a, b) = (expression(depth - 1), expression(depth - 1))
        switch stream.below(14) {
        case 0...3: return a + space() + pick(["+", "-", "*", "/", "^", "%", ">>"]) + split() + b
        case 4: return "(" + space() + a + pick([" == ", "<", " in ", " and ", " or "]) + split() + b + pick([")", "\n)"])
        case 5: return "f" + space() + "(" + split() + a + "," + split() + "at:" + space() + b + pick([")", "\n)", ",)"])
        case 6: return "-" + space() + "(" + a + ")"
        case 7: return "(x" + space() + "->" + split() + a + ")"
        case 8: return "(if" + gap() + a + gap() + "then" + split() + gap() + a + " else " + b + ")"
        case 9: return "(let e" + space() + "=" + space() + "(" + a + ") in " + split() + b + ")"
        case 10: return "[" + split() + a + "," + split() + b + "]"
        case 11: return "(" + a + ")" + space() + "[" + b + "]" + space() + ".shape"
        case 12: return "( " + a + " .. (" + b + ") by" + gap() + "-0.1 )"
        default: return "not" + gap() + "(" + a + ")"
        }
    }
}

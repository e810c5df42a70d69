/// The codes of all judgements on grammars.
enum GrammarCode: String {
    /// A rule that is mentioned and nowhere defined, or a grammar without rules.
    case unknownRule = "N0101"
    /// Two rules of one name.
    case repeatedRule = "N0102"
    /// A weight that is zero, negative or not finite.
    case weight = "N0104"
    /// A rule without any finite derivation.
    case neverEnds = "N0105"
    /// A rule that derives itself alone, so that one program would have endlessly many derivations.
    case derivesItself = "N0106"
    /// More than one new draw expected per draw.
    case mayNeverEnd = "N0107"
    /// Exactly one new draw expected per draw (a warning): draws end, but have no mean size.
    case endsSlowly = "N0108"
    /// Constraints that leave nothing.
    case leavesNothing = "N0109"
    /// A rule that no derivation reaches (a warning).
    case unreachable = "N0110"
    /// An alternative that no derivation can choose (a warning).
    case neverChosen = "N0111"
    /// A function applied to too few or too many arguments.
    case arity = "N0112"
    /// Something applied that is no function.
    case notFunction = "N0113"
    /// A drawn function that does not use one of its parameters.
    case unusedParameter = "N0114"
    /// Function-valued rules whose arguments grow at every mention.
    case growingArguments = "N0115"
    /// A rule with parameters mentioned without the right number of arguments.
    case ruleArguments = "N0116"
    /// A limit that no table can hold or that is no range.
    case limit = "N0117"
    /// A constraint on something that occurs nowhere in the grammar (a warning).
    case noEffect = "N0118"
    /// A `pick`, `subset`, `unused` or chain of something that is no list of known elements.
    case unknownList = "N0119"
    /// Two alternatives that derive the same program (a note).
    case sameProgram = "N0121"
    /// An argument that may lie outside of a function's domain (a note).
    case outsideDomain = "N0122"

    var isNote: Bool { self == .sameProgram || self == .outsideDomain }

    var isWarning: Bool {
        switch self {
        case .endsSlowly, .unreachable, .neverChosen, .noEffect: true
        default: false
        }
    }
}

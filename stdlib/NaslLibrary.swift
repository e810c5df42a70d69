/// The part of the library that is written in the language itself, embedded in the binary.
public enum NaslLibrary {
    public static var prelude: String { String(decoding: PackageResources.prelude_nasl, as: UTF8.self) }
    public static var laws: String { String(decoding: PackageResources.laws_nasl, as: UTF8.self) }

    /// The scripts that `import "nasl/activation.nasl"` finds wherever it stands: grammars from the literature, as they are imported.
    public static let scripts: [String: [UInt8]] = [
        "nasl/activation.nasl": PackageResources.activation_nasl,
        "nasl/batch_size.nasl": PackageResources.batch_size_nasl,
        "nasl/cell.nasl": PackageResources.cell_nasl,
        "nasl/conv_net.nasl": PackageResources.conv_net_nasl,
        "nasl/core_unit.nasl": PackageResources.core_unit_nasl,
        "nasl/equation.nasl": PackageResources.equation_nasl,
        "nasl/equations.nasl": PackageResources.equations_nasl,
        "nasl/loss.nasl": PackageResources.loss_nasl,
        "nasl/recipe.nasl": PackageResources.recipe_nasl,
        "nasl/schedule.nasl": PackageResources.schedule_nasl,
        "nasl/update_rule.nasl": PackageResources.update_rule_nasl,
    ]
}

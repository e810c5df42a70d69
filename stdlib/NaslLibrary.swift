/// The part of the library that is written in the language itself, embedded in the binary.
public enum NaslLibrary {
    public static var prelude: String { String(decoding: PackageResources.prelude_nasl, as: UTF8.self) }
    public static var laws: String { String(decoding: PackageResources.laws_nasl, as: UTF8.self) }

    /// The scripts that `import "activation.nasl"` finds wherever it stands: grammars from the literature, by the names of their files.
    public static let scripts: [String: [UInt8]] = [
        "activation.nasl": PackageResources.activation_nasl,
        "batch_size.nasl": PackageResources.batch_size_nasl,
        "cell.nasl": PackageResources.cell_nasl,
        "conv_net.nasl": PackageResources.conv_net_nasl,
        "equation.nasl": PackageResources.equation_nasl,
        "loss.nasl": PackageResources.loss_nasl,
        "recipe.nasl": PackageResources.recipe_nasl,
        "schedule.nasl": PackageResources.schedule_nasl,
        "update_rule.nasl": PackageResources.update_rule_nasl,
    ]
}

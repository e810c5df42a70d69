// swift-tools-version: 6.1
import PackageDescription

/// The rooms, from the ground up: see docs/architecture.md.
let rooms: [(name: String, on: [String])] = [
    ("NaslRandom", []),
    ("NaslExpr", []),
    ("NaslTensor", ["CKernels", "COpenBLAS", "NaslExpr", "NaslRandom"]),
    ("NaslSpace", ["NaslExpr", "NaslRandom", "BigInt"]),
    ("NaslControl", ["NaslSpace", "NaslTensor", "NaslRandom"]),
    ("NaslTraining", ["NaslTensor", "NaslExpr", "NaslRandom", "CZlib"]),
    ("NaslSearch", ["NaslControl", "NaslRandom"]),
    ("NaslStore", ["NaslSearch", "NaslControl", "NaslSpace", "NaslExpr", "GRDB"]),
    ("NaslLanguage", ["NaslExpr", "NaslSpace", "NaslRandom", "BigInt"]),
    ("NaslExport", ["NaslExpr", "NaslTensor", "NaslTraining"]),
    ("NaslONNX", ["NaslExport", "NaslExpr", "NaslTensor", "NaslTraining", "SwiftProtobuf"]),
    ("NaslSession", ["CSpawn", "NaslLanguage", "NaslTraining", "NaslSearch", "NaslStore", "NaslExport", "NaslONNX", "NaslLibrary"]),
]

func dependency(_ name: String) -> Target.Dependency {
    switch name {
    case "BigInt": .product(name: "BigInt", package: "BigInt")
    case "GRDB": .product(name: "GRDB", package: "GRDB.swift")
    case "SwiftProtobuf": .product(name: "SwiftProtobuf", package: "swift-protobuf")
    default: .target(name: name)
    }
}

/// The grammars of the library, which scripts import by name.
let grammars = ["activation", "batch_size", "cell", "conv_net", "core_unit", "equation", "equations", "loss", "recipe", "schedule", "update_rule"]

let package = Package(
    name: "nasl",
    products: [.executable(name: "nasl", targets: ["nasl"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),
        .target(name: "CKernels", cSettings: [.define("_GNU_SOURCE")]),
        .target(name: "CSpawn"),
        // The language's own library, embedded in the binary; the data sets beside it are found at run time.
        .target(
            name: "NaslLibrary", path: "stdlib", exclude: ["data"],
            resources: ["prelude.nasl", "laws.nasl"].map { .embedInCode($0) } + grammars.map { .embedInCode("grammars/\($0).nasl") }),
        .executableTarget(
            name: "nasl",
            dependencies: ["NaslSession", "NaslStore", "CEditLine", .product(name: "ArgumentParser", package: "swift-argument-parser")]
        ),
        // The project's side of `make bench`.
        .executableTarget(
            name: "NaslBenchmarks", dependencies: ["NaslSession", "NaslTraining", "NaslControl", "NaslExpr", "NaslTensor", "NaslSpace", "NaslRandom", "CKernels", "BigInt"].map(dependency),
            path: "Benchmarks/own"),
        // Counts allocations, for the tests of the inner loop.
        .target(name: "CAllocations", path: "Tests/CAllocations"),
    ] + rooms.map { .target(name: $0.name, dependencies: $0.on.map(dependency)) }
      + rooms.map { room in
          .testTarget(name: "\(room.name)Tests", dependencies: ([room.name] + room.on.filter { !$0.hasPrefix("C") } + (room.name == "NaslTensor" ? ["CKernels", "CAllocations"] : [])).map(dependency))
      }
)

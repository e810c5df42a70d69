import Foundation
import Testing

/// `export` as it is typed: which file in which format, and what cannot be exported.
@Suite struct ExportTests {
    /// Runs `body` with a folder of its own.
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "nasl-export-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test func theEndingSaysTheFormat() throws {
        try inFolder { folder in
            for (file, title) in [("f.c", "C"), ("f.swift", "Swift"), ("f.tex", "LaTeX"), ("f.onnx", "ONNX")] {
                #expect(transcript("export(x -> x * tanh(x), to: \"\(folder)/\(file)\")") == "wrote \(folder)/\(file) (\(title))")
                #expect(FileManager.default.fileExists(atPath: "\(folder)/\(file)"))
            }
        }
    }

    @Test func aFoundProgramNamesItsRun() throws {
        try inFolder { folder in
            _ = transcript("""
                grammar G(x: Tensor) -> Tensor { E = x | sin(E) | E * E; limit depth <= 3 }
                task t(f: G) { reward f(2) }
                let run = search(t, with: random, trials: 20, seed: 3)
                export(run.best, to: "\(folder)/best.py", as: sympy)
                """)
            let text = try String(contentsOfFile: "\(folder)/best.py", encoding: .utf8)
            #expect(text.contains(" of search(t, with: random(), seed: 3), begun 20"))
            #expect(text.contains("\nbest = "))
        }
    }

    @Test func capturedNumbersAreWrittenIn() throws {
        try inFolder { folder in
            _ = transcript("let k = 2.5\nfn bent(x) = k * x\nexport(bent, to: \"\(folder)/other.c\")")
            let text = try String(contentsOfFile: "\(folder)/other.c", encoding: .utf8)
            #expect(text.contains("double bent(double x) {\n    return 2.5 * x;\n}"))
        }
    }

    @Test func optimizersAndNets() throws {
        try inFolder { folder in
            #expect(transcript("export(adam(lr: 0.01), to: \"\(folder)/adam.py\", as: pytorch)") == "wrote \(folder)/adam.py (PyTorch)")
            let shown = transcript("let fit = train(mlp([4, 10]), digits, batch: 8, steps: 1)\nexport(fit, to: \"\(folder)/net.py\", as: jax)")
            #expect(shown == "wrote \(folder)/net.py and \(folder)/net.safetensors (JAX)")
            #expect(transcript("let fit = train(mlp([4, 10]), digits, batch: 8, steps: 1)\nexport(fit, to: \"\(folder)/net.onnx\")") == "wrote \(folder)/net.onnx (ONNX)")
        }
    }

    @Test(arguments: [
        ("export(x -> x, to: \"f.py\")", "error[N0317]: `export` needs `as:`, since a file in Python may be for several of them"),
        ("export(x -> x, to: \"f.txt\")", "error[N0317]: `export` needs `as:`, since the ending of `f.txt` does not say it"),
        ("export(x -> x, to: \"f.py\", as: \"fortran\")", "error[N0317]: there is no format \"fortran\""),
        ("export(x -> x, to: \"f.py\", as: pytorhc)", "error[N0301]: there is nothing called `pytorhc`"),
        ("export(x -> if x > 0 then x else 0, to: \"f.c\")", "error[N0312]: `program` of `export` needs a function that is an expression; this one is opaque"),
        ("export(x -> x + noise(0.1), to: \"f.c\")", "error[N0317]: `noise` has no meaning in C"),
        ("export(adam(), to: \"f.tex\")", "error[N0317]: an optimizer has no meaning in LaTeX"),
        ("export(dense(3), to: \"f.py\", as: pytorch)", "error[N0317]: a net has weights only when it is trained"),
        ("export(3, to: \"/no/such/folder/f.c\")", "error[N0314]: there is no folder `/no/such/folder` to write `/no/such/folder/f.c` in"),
    ])
    func mistakes(_ text: String, _ message: String) {
        #expect(transcript(text).hasPrefix(message))
    }
}

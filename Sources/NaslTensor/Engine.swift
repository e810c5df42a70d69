import CKernels
import COpenBLAS
import Glibc

/// What the machine offers, found once for the process.
///
///     Engine.instructionSet   // "avx512"
///
/// The environment variable `NASL_ISA` names an instruction set (`base`, `avx2`, `avx512`) or `reference`: plain kernels on the C
/// library's functions and an own matrix product, whose results do not depend on the CPU.
public enum Engine {
    /// The instruction set in use.
    public static var instructionSet: String { String(cString: choice.floats.pointee.name) }

    /// The instruction sets this machine can run, `reference` first.
    public static var instructionSets: [String] {
        var names: [String] = []
        while let kernels = nasl_float_kernels(Int32(names.count)) { names.append(String(cString: kernels.pointee.name)) }
        return names
    }

    /// OpenBLAS's name for the CPU it runs on.
    public static var blasCore: String { String(cString: openblas_get_corename()) }

    struct Choice: @unchecked Sendable {
        let floats: UnsafePointer<nasl_kernels>
        let doubles: UnsafePointer<nasl_kernels>
        let sgemm: nasl_sgemm
        let dgemm: nasl_dgemm
    }

    static let choice: Choice = {
        let name = getenv("NASL_ISA").map { String(cString: $0) }
        // Children run side by side, one thread each.
        openblas_set_num_threads(1)
        return choice(named: name)
    }()

    /// The kernels of that name, the best ones where there are none of it.
    static func choice(named name: String?) -> Choice {
        let floats: UnsafePointer<nasl_kernels> = nasl_float_kernels_named(name) ?? nasl_float_kernels_named(nil)
        let isReference = floats == nasl_float_kernels(0)
        return Choice(
            floats: floats, doubles: nasl_double_kernels(),
            sgemm: isReference ? nasl_reference_sgemm : blasSgemm, dgemm: isReference ? nasl_reference_dgemm : blasDgemm)
    }
}

private let blasSgemm: nasl_sgemm = { order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc in
    cblas_sgemm(
        CBLAS_ORDER(rawValue: UInt32(order)), CBLAS_TRANSPOSE(rawValue: UInt32(transA)), CBLAS_TRANSPOSE(rawValue: UInt32(transB)),
        m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

private let blasDgemm: nasl_dgemm = { order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc in
    cblas_dgemm(
        CBLAS_ORDER(rawValue: UInt32(order)), CBLAS_TRANSPOSE(rawValue: UInt32(transA)), CBLAS_TRANSPOSE(rawValue: UInt32(transB)),
        m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

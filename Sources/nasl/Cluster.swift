import ArgumentParser
import NaslSession

/// What `--on` says: `ray`, `ray:ADDRESS`, or `processes`, which are the same driver's on this machine, without Ray.
struct Cluster: ExpressibleByArgument, Sendable {
    private let name: String
    private let address: String?

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let address = parts.count == 2 ? parts[1] : nil
        switch (parts.first, address) {
        case ("processes", nil), ("ray", nil): break
        case ("ray", let address?) where !address.isEmpty && !address.hasPrefix("-"): break
        default: return nil
        }
        (name, self.address) = (parts[0], address)
    }

    /// How the driver is started; `worker` is what it starts on the machines of the cluster, the program first.
    func command(worker: [String], workers: Int?) -> [String] {
        var words = ["nasl-ray", "--on", name, "--nasl", NaslVersion.text]
        if let address { words += ["--address", address] }
        if let workers { words += ["--workers", "\(workers)"] }
        return words + ["--"] + worker
    }
}

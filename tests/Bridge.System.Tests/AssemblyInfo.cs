// A class mostly waits: for blocks, leases, and programs that start. Two at once use the machine, and more would only wait for each other.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
// The servers that the tests start are Linux programs.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

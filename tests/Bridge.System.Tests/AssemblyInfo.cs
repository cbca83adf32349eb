// Each class starts chains and processes of its own; side by side they would only slow each other down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// The servers that the tests start are Linux programs.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

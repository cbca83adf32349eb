namespace Bridge.SystemTests.Harness;

/// <summary>Classes that share the one RabbitMQ server, one behind the other: a deployment would hear another's doorbells.</summary>
[CollectionDefinition(Name)]
public sealed class OneBroker
{
    public const string Name = "one broker";
}

/// <summary>Classes that change what the whole process sees: nothing else runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeProcess
{
    public const string Name = "whole process";
}

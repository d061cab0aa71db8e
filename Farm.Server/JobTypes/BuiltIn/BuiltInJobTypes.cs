namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>The job types that ship with Farm.</summary>
internal static class BuiltInJobTypes
{
    /// <summary>Creates a new instance of each.</summary>
    public static IReadOnlyList<IJobType> All => [new CommandLineJob(), new EchoSleepTest(), new SampleAnimation(), new SimpleBlenderRender()];
}

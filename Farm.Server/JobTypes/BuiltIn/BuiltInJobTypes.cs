namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>The job types that every farm has.</summary>
internal static class BuiltInJobTypes
{
    /// <summary>All of them, new.</summary>
    public static IReadOnlyList<IJobType> All => [new CommandLineJob(), new EchoSleepTest(), new SampleAnimation(), new SimpleBlenderRender()];
}

using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary>How verbs refuse: one line on the error stream, for people.</summary>
internal static class OneSentence
{
    /// <summary>Fails unless the error stream is one line with this in it, and nothing shows a stack trace.</summary>
    public static void Says(FarmProcess process, string because)
    {
        Assert.Contains(because, process.Errors);
        Assert.Single(process.Errors.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", process.Output + process.Errors);
        Assert.DoesNotContain("Exception", process.Output + process.Errors);
    }
}

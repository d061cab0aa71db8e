using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary>How verbs report errors: one line on the error stream.</summary>
internal static class CommandError
{
    /// <summary>Fails unless the error stream is a single line that contains the text, and nothing shows a stack trace.</summary>
    public static void AssertOneLine(FarmProcess process, string because)
    {
        Assert.Contains(because, process.Errors);
        Assert.Single(process.Errors.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", process.Output + process.Errors);
        Assert.DoesNotContain("Exception", process.Output + process.Errors);
    }
}

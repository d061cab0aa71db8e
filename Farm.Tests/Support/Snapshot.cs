using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farm.Tests.Support;

/// <summary>
/// Compares what a test got with a file beside the test: <c>Class.Test.verified.json</c> (or <c>.txt</c>). On a mismatch, or
/// without such a file, the test fails and <c>Class.Test.received.json</c> holds what it got; to accept that, rename
/// it. The class is the one that the test's file is named after. Ids and times are scrubbed (<see cref="SnapshotScrubber"/>).
/// </summary>
internal static class Snapshot
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Verifies JSON; the order of fields counts.</summary>
    /// <param name="json">What the test got; null is JSON's null.</param>
    /// <param name="name">Tells several snapshots of one test apart.</param>
    public static void Verify(
        JsonNode? json, string? name = null, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "") =>
        Compare(json?.ToJsonString(Indented) ?? "null", "json", name, testFile, test);

    /// <summary>Verifies a text. One that is a JSON object or array, such as the body of an answer, is verified as JSON.</summary>
    /// <param name="text">What the test got.</param>
    /// <param name="name">Tells several snapshots of one test apart.</param>
    public static void Verify(
        string text, string? name = null, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "")
    {
        if (ParseObjectOrArray(text) is { } json)
            Verify(json, name, testFile, test);
        else
            Compare(text, "txt", name, testFile, test);
    }

    private static JsonNode? ParseObjectOrArray(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{") && !text.AsSpan().TrimStart().StartsWith("["))
            return null;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Compare(string got, string extension, string? name, string testFile, string test)
    {
        var received = Normalize(SnapshotScrubber.Scrub(got));
        var stem = FindStem(testFile, name is null ? test : $"{test}_{name}");
        var verifiedFile = $"{stem}.verified.{extension}";
        var receivedFile = $"{stem}.received.{extension}";
        var verified = File.Exists(verifiedFile) ? Normalize(File.ReadAllText(verifiedFile)) : null;
        if (received == verified)
        {
            File.Delete(receivedFile);
            return;
        }
        File.WriteAllText(receivedFile, received);
        if (verified is null)
            Assert.Fail($"There is no {verifiedFile} yet. If this is right, rename {receivedFile} to it:\n{received}");
        var difference = FirstDifference(verified, received);
        Assert.Fail($"{Path.GetFileName(verifiedFile)} differs. {difference}\nIf this is right, put {receivedFile} in its place.");
    }

    /// <summary>
    /// The path that the compiler saw, or, where the tests run elsewhere than they were built, the same place below the
    /// directory of the solution.
    /// </summary>
    private static string FindStem(string testFile, string test)
    {
        // Another platform's separators, where tests were built on Windows and run on Linux.
        var file = testFile.Replace('\\', '/');
        var className = file[(file.LastIndexOf('/') + 1)..].Split('.')[0];
        var directory = Path.GetDirectoryName(testFile);
        if (string.IsNullOrEmpty(directory) || !Directory.Exists(directory))
        {
            var below = file[file.LastIndexOf("/Farm.Tests/", StringComparison.Ordinal)..].Trim('/');
            directory = Path.Combine(SolutionDirectory(), Path.GetDirectoryName(below)!);
        }
        return Path.Combine(directory, $"{className}.{test}");
    }

    private static string SolutionDirectory()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Farm.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException($"No Farm.sln above {AppContext.BaseDirectory}");
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');

    private static string FirstDifference(string verified, string received)
    {
        var expected = verified.Split('\n');
        var got = received.Split('\n');
        var line = expected.Zip(got).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Line {line + 1}:\n- {Line(expected, line)}\n+ {Line(got, line)}";
    }

    private static string Line(string[] lines, int index) => index < lines.Length ? lines[index] : "(end)";
}

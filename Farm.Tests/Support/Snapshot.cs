using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farm.Tests.Support;

/// <summary>
/// Compares the result of a test with a file next to the test: <c>Class.Test.verified.json</c> (or <c>.txt</c>). On a mismatch, or
/// without such a file, the test fails and writes <c>Class.Test.received.json</c>; to accept the result, rename
/// it. The class name is the name of the test's source file. Ids and times are scrubbed (<see cref="SnapshotScrubber"/>).
/// </summary>
internal static class Snapshot
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Verifies JSON; the order of properties matters.</summary>
    /// <param name="json">The result; null means JSON null.</param>
    /// <param name="name">Tells several snapshots of one test apart.</param>
    public static void Verify(
        JsonNode? json, string? name = null, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "") =>
        Compare(json?.ToJsonString(Indented) ?? "null", "json", name, testFile, test);

    /// <summary>Verifies a text. A JSON object or array, such as a response body, is verified as JSON.</summary>
    /// <param name="text">The result.</param>
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
    /// The compile-time path, or, if the tests do not run where they were built, the same path below the
    /// solution directory.
    /// </summary>
    private static string FindStem(string testFile, string test)
    {
        // The path has foreign separators if tests are built on Windows and run on Linux.
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

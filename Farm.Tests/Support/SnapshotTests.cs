using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace Farm.Tests.Support;

public sealed class SnapshotTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("farm-snapshot-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Without_a_verified_file_a_test_fails_and_writes_the_received_file()
    {
        Assert.ThrowsAny<XunitException>(() => Verify("""{"b":1,"a":[]}"""));

        Assert.Equal("{\n  \"b\": 1,\n  \"a\": []\n}", File.ReadAllText(FileOf("received.json")));
        Assert.False(File.Exists(FileOf("verified.json")));
    }

    [Fact]
    public void A_match_passes_and_deletes_the_received_file_of_an_earlier_run()
    {
        File.WriteAllText(FileOf("verified.json"), "{\r\n  \"a\": \"é\"\r\n}\r\n");
        File.WriteAllText(FileOf("received.json"), "old");

        Verify("""{"a":"\u00e9"}""");

        Assert.False(File.Exists(FileOf("received.json")));
    }

    [Fact]
    public void A_difference_fails_and_shows_the_first_different_line()
    {
        File.WriteAllText(FileOf("verified.json"), "{\n  \"a\": 1\n}");

        var failure = Assert.ThrowsAny<XunitException>(() => Verify("""{"a":2}"""));

        Assert.Contains("Line 2:\n-   \"a\": 1\n+   \"a\": 2", failure.Message);
        Assert.True(File.Exists(FileOf("received.json")));
    }

    [Fact]
    public void Text_that_is_not_json_is_stored_as_text()
    {
        Assert.ThrowsAny<XunitException>(() => Verify("{ not json"));

        Assert.Equal("{ not json", File.ReadAllText(FileOf("received.txt")));
    }

    [Fact]
    public void A_name_distinguishes_snapshots_of_one_test()
    {
        Assert.ThrowsAny<XunitException>(() => Verify("[]", name: "second"));

        Assert.True(File.Exists(FileOf("received.json", nameof(A_name_distinguishes_snapshots_of_one_test) + "_second")));
    }

    [Fact]
    public void Equal_ids_and_times_get_the_same_placeholder()
    {
        var scrubbed = SnapshotScrubber.Scrub(
            """
            {"id":"C2A4F9F2-0a7e-4e0e-8a58-2b1f6a3d4e5f","other":"4312d68c-ea6d-4566-9bf6-e9f09be48ceb",
             "base":"/job-files/job-c2a4/c2a4f9f2-0a7e-4e0e-8a58-2b1f6a3d4e5f",
             "created":"2025-01-02T10:00:00Z","updated":"2025-01-02T10:00:00.123+01:00","again":"2025-01-02T10:00:00Z"}
            """);

        Assert.Equal(
            """
            {"id":"Guid_1","other":"Guid_2",
             "base":"/job-files/job-c2a4/Guid_1",
             "created":"DateTime_1","updated":"DateTime_2","again":"DateTime_1"}
            """,
            scrubbed);
    }

    private string FileOf(string kind, [CallerMemberName] string test = "") =>
        Path.Combine(_directory.FullName, $"SomeTests.{test}.{kind}");

    private void Verify(string text, string? name = null, [CallerMemberName] string test = "") =>
        Snapshot.Verify(text, name, Path.Combine(_directory.FullName, "SomeTests.cs"), test);
}

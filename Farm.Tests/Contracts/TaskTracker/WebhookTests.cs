using System.Security.Cryptography;
using System.Text;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Contracts/TaskTracker/Contract.md section 4.6: a push changes the version of a project.</summary>
public sealed class WebhookTests
{
    private const string Push = """{"ref":"refs/heads/master","before":"1a","after":"2b","repository":{"full_name":"Studio/Shot3","id":7},"pusher":{}}""";

    [Theory]
    [InlineData("X-Hub-Signature-256", "sha256=", true)]
    [InlineData("X-Gogs-Signature", "", true)]
    [InlineData("X-Gitea-Signature", "", true)]
    [InlineData("X-Hub-Signature", "sha1=", false)]
    [InlineData("X-Hub-Signature", "", false)]
    [InlineData("X-Hub-Signature", "sha256=", true)]
    public async Task A_signed_push_sets_the_version(string header, string prefix, bool is256)
    {
        await using var farm = await FarmAsync();
        var answer = await farm.CallAsync("POST", "/git/receivehook", Push, null, (header, prefix + Sign(Push, "key", is256)));
        Assert.Equal((200, ""), (answer.Status, answer.Text));
        Assert.Equal("2b", await VersionAsync(farm));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("X-Hub-Signature-256", "sha256=")]
    [InlineData("X-Hub-Signature-256", "sha256=00")]
    [InlineData("X-Hub-Signature-256", "WRONG")]
    [InlineData("X-Hub-Signature", "sha256=SHA1")]
    [InlineData("X-Gogs-Signature", "UPPER")]
    public async Task An_unsigned_push_changes_nothing(string? header, string? signature)
    {
        await using var farm = await FarmAsync();
        signature = signature?.Replace("WRONG", Sign(Push, "other", true)).Replace("SHA1", Sign(Push, "key", false))
            .Replace("UPPER", Sign(Push, "key", true).ToUpperInvariant());
        (await farm.CallAsync("POST", "/git/receivehook", Push, null, header is null ? [] : [(header, signature!)])).Refused(403);
        Assert.Equal("", await VersionAsync(farm));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("nonsense")]
    [InlineData("""{"ref":"refs/heads/notmaster","after":"2b","repository":{"full_name":"studio/shot3"}}""")]
    [InlineData("""{"ref":"master","after":"2b","repository":{"full_name":"studio/shot3"}}""")]
    [InlineData("""{"after":"2b","repository":{"full_name":"studio/shot3"}}""")]
    [InlineData("""{"ref":"refs/heads/master","after":"2b","repository":{"full_name":"studio/other"}}""")]
    [InlineData("""{"ref":"refs/heads/master","after":"2b","repository":{"full_name":""}}""")]
    [InlineData("""{"ref":"refs/heads/master","after":"2b"}""")]
    public async Task A_push_for_no_project_is_rejected_even_if_signed(string body)
    {
        await using var farm = await FarmAsync();
        (await farm.CallAsync("POST", "/git/receivehook", body, null, ("X-Gogs-Signature", Sign(body, "key", true)))).Refused(400);
        Assert.Equal("", await VersionAsync(farm));
    }

    [Fact]
    public async Task The_branches_are_configurable()
    {
        await using var farm = await FarmAsync(new TrackerSettings { Branches = ["main", "release/1"] });
        var body = Push.Replace("heads/master", "heads/release/1");
        Assert.Equal(200, (await farm.CallAsync("POST", "/git/receivehook", body, null, ("X-Gogs-Signature", Sign(body, "key", true)))).Status);
        (await farm.CallAsync("POST", "/git/receivehook", Push, null, ("X-Gogs-Signature", Sign(Push, "key", true)))).Refused(400);
    }

    [Fact]
    public async Task An_empty_key_signs_nothing()
    {
        await using var farm = await FarmAsync(key: "");
        (await farm.CallAsync("POST", "/git/receivehook", Push, null, ("X-Gogs-Signature", Sign(Push, "", true)))).Refused(403);
    }

    private static async Task<TestFarm> FarmAsync(TrackerSettings? settings = null, string key = "key")
    {
        var farm = await TestFarm.StartAsync(
            contracts: new Dictionary<string, ContractSettings> { ["task_tracker"] = new() { Own = settings ?? new TrackerSettings() } });
        var owner = await farm.PersonAsync("owner");
        await farm.ProjectAsync(owner, "without a repository");
        var id = await farm.ProjectAsync(owner, "shot", "\"git_repo\":\"studio/shot3\"");
        (await farm.CallAsync("POST", $"/project/webhook_secret/{id}", $$"""{"webhook_secret":"{{key}}"}""", owner)).Good();
        return farm;
    }

    private static async Task<string?> VersionAsync(TestFarm farm) => (string?)(await farm.CallAsync("GET", "/project/get/2")).Good().Content["version"];

    private static string Sign(string body, string key, bool is256)
    {
        var (bytes, text) = (Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(body));
        return Convert.ToHexStringLower(is256 ? HMACSHA256.HashData(bytes, text) : HMACSHA1.HashData(bytes, text));
    }
}

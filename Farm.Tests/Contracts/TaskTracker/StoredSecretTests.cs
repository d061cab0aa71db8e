using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Whoever gets a copy of the database alone learns no secret of a project.</summary>
public sealed class StoredSecretTests
{
    [Fact]
    public async Task The_database_holds_no_secret_that_was_set_in_plain_text()
    {
        await using var farm = await TestFarm.StartAsync();
        var lead = await farm.PersonAsync("lead", administrator: true);
        var project = await farm.ProjectAsync(lead, "shot");
        (await farm.CallAsync("POST", $"/project/secret/{project}", """{"secret":"s3cret of shot"}""", lead)).Good();
        (await farm.CallAsync("POST", $"/project/webhook_secret/{project}", """{"webhook_secret":"h00k of shot"}""", lead)).Good();
        Assert.Equal("s3cret of shot", (string?)(await farm.CallAsync("GET", $"/project/secret/{project}", by: lead)).Good().Content["secret"]);
        Assert.All(Stored(farm), row => Assert.All([row.Secret, row.WebhookSecret], text => Assert.StartsWith("sealed:v1:", text)));
    }

    [Fact]
    public async Task What_an_older_version_stored_is_encrypted_at_the_start()
    {
        await using var farm = await TestFarm.StartAsync();
        var lead = await farm.PersonAsync("lead", administrator: true);
        var project = await farm.ProjectAsync(lead, "shot");
        await farm.Service<FarmStore>().WriteAsync(tx => ProjectTable.SetSecret(tx.Db, project, "old secret"));
        Assert.Equal("old secret", (string?)(await farm.CallAsync("GET", $"/project/secret/{project}", by: lead)).Good().Content["secret"]);
        await farm.Service<ProjectSecrets>().SealOldAsync();
        Assert.All(Stored(farm), row => Assert.StartsWith("sealed:v1:", row.Secret));
        Assert.Equal("old secret", (string?)(await farm.CallAsync("GET", $"/project/secret/{project}", by: lead)).Good().Content["secret"]);
    }

    private static List<(long Project, string Secret, string WebhookSecret)> Stored(TestFarm farm) => farm.Service<FarmStore>().Read(ProjectTable.Secrets);
}

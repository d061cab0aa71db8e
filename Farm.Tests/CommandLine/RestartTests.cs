using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary>A server that restarts itself to restore a backup.</summary>
[Collection(ProcessCollection.Name)]
public sealed class RestartTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SqliteFact]
    public async Task A_server_restarts_in_its_process_and_says_what_it_restored()
    {
        await using var server = FarmProcess.Start(_directory.Path, "serve", "--data", "farm", "--urls", "http://127.0.0.1:0");
        var name = await RestoreAsync(await server.AddressAsync());
        await server.LineAsync($"Restored backup {name}; what it replaced is in ");
        using var client = Client(await AddressAfterAsync(server));
        var list = JsonNode.Parse(await client.GetStringAsync("backups"))!;
        Assert.Equal(name, (string?)list["restored"]!["name"]);
        Assert.Null((string?)list["restore"]);
        await server.InterruptAsync();
        Assert.Equal(0, await server.ExitAsync());
    }

    [SqliteFact]
    public async Task A_service_ends_with_the_exit_code_that_makes_its_manager_restart_it()
    {
        await using var server = FarmProcess.Start(_directory.Path, "serve", "--data", "farm", "--urls", "http://127.0.0.1:0", "--restart-exit-code", "75");
        var name = await RestoreAsync(await server.AddressAsync());
        Assert.Equal(75, await server.ExitAsync());
        Assert.Contains(name, await File.ReadAllTextAsync(_directory["farm/restore.pending"]));
    }

    private async Task<string> RestoreAsync(Uri address)
    {
        using var client = Client(address);
        using var made = await client.PostAsync("backups", null);
        var name = (string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["name"]!;
        using var answer = await client.PostAsync($"backups/{name}/restore", null);
        Assert.Equal($$"""{"name":"{{name}}","restarts":true}""", await answer.Content.ReadAsStringAsync());
        return name;
    }

    private static async Task<Uri> AddressAfterAsync(FarmProcess server)
    {
        var lines = server.Output.Split('\n').Where(line => line.Contains(" answers at http", StringComparison.Ordinal)).ToList();
        while (lines.Count < 2)
        {
            await Task.Delay(20);
            lines = server.Output.Split('\n').Where(line => line.Contains(" answers at http", StringComparison.Ordinal)).ToList();
        }

        return new Uri(lines[1].Split(" answers at ")[1].Trim());
    }

    private HttpClient Client(Uri address)
    {
        var client = new HttpClient { BaseAddress = new Uri(address, "/api/farm/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(_directory["farm/administrator.token"]).Trim());
        return client;
    }
}

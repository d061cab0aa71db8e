using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Hosting.Security;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Access;

/// <summary>Someone on another machine of the network.</summary>
/// <param name="farm">The farm, which believes <c>X-Forwarded-For</c>.</param>
/// <param name="address">The address of the machine.</param>
/// <param name="session">The session; null for a visitor.</param>
internal sealed class LanClient(TestFarm farm, string address, string? session = null)
{
    /// <summary>Settings with which the farm believes <c>X-Forwarded-For</c> of its own machine.</summary>
    public static SecuritySettings Security { get; } = new() { TrustedProxies = NetworkList.Parse(["loopback"]) };

    /// <summary>The address of the machine.</summary>
    public string Address => address;

    /// <summary>Starts a farm that has an administrator and believes <c>X-Forwarded-For</c>.</summary>
    /// <param name="access">What people without an account may do from other machines.</param>
    public static async Task<TestFarm> StartFarmAsync(AccessMode access = AccessMode.Submit)
    {
        var farm = await TestFarm.StartAsync(access: access, security: Security);
        await farm.Service<FarmAccounts>().AddAsync(Caller.Farm, "boss", "correct horse", Role.Administrator);
        return farm;
    }

    /// <summary>Somebody with an account of a role, on another machine.</summary>
    public static async Task<LanClient> SignedInAsync(TestFarm farm, string address, string name, Role role)
    {
        var account = await farm.Service<FarmAccounts>().AddAsync(Caller.Farm, name, "correct horse", role);
        return new LanClient(farm, address, (await farm.Service<Sessions>().OpenAsync(account.Id, TimeSpan.FromHours(8))).Token);
    }

    /// <summary>Sends a request.</summary>
    public async Task<(int Status, string Text)> SendAsync(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body, options: new JsonSerializerOptions()) };
        request.Headers.Add("X-Forwarded-For", address);
        if (session is not null) request.Headers.Add("Cookie", $"tt={session}");
        using var answer = await farm.Client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Submits a job and returns its id.</summary>
    public async Task<string> SubmitAsync()
    {
        var (status, text) = await SendAsync("POST", "/api/v3/jobs", EchoJob());
        Assert.True(status == 200, text);
        return (string)JsonNode.Parse(text)!["id"]!;
    }

    /// <summary>A job of a few tasks.</summary>
    public static object EchoJob() => new
    {
        name = "Echo",
        type = "echo-sleep-test",
        priority = 50,
        submitter_platform = "linux",
        settings = new { message = "hello", sleep_duration_seconds = 2, sleep_repeats = 1 },
    };
}

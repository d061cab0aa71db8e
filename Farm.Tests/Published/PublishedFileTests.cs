using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Farm.Tests.Browser.Support;
using Farm.Tests.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Published;

/// <summary>The published and trimmed file in an empty directory, as on a machine without .NET.</summary>
[Collection(PublishedCollection.Name)]
public sealed class PublishedFileTests(PublishedFarm published, SharedBrowser browser) : IDisposable
{
    private const long Limit = 50_000_000;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [PublishedFact]
    public void It_is_a_single_file_below_the_size_limit()
    {
        Assert.Equal([published.File], Directory.GetFileSystemEntries(published.Directory));
        Assert.InRange(new FileInfo(published.File).Length, 1, Limit);
    }

    [PublishedFact]
    public async Task The_other_platform_is_a_single_file_too()
    {
        var other = PublishedFarm.Platform == "linux-x64" ? "win-x64" : "linux-x64";
        await PublishedFarm.PublishAsync(other, _directory.Path);
        Assert.Single(Directory.GetFileSystemEntries(_directory[other]));
    }

    [PublishedFact]
    public async Task Every_verb_has_help()
    {
        foreach (var verb in (string[])["", "serve", "demo", "worker", "submit", "backup", "service"])
        {
            await using var help = Run([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            Assert.Equal((0, ""), (await help.ExitAsync(), help.Errors));
            Assert.Contains("Usage:", help.Output);
            Assert.Contains("--help", help.Output);
        }
    }

    [PublishedFact(inBrowser: true)]
    public async Task Dashboard_pages_render_and_buttons_work()
    {
        await using var server = await ServeAsync();
        var address = await server.AddressAsync();
        await using (var submit = Run("submit", "echo-sleep-test", "--name", "Shot", "--url", address.ToString()))
            Assert.Equal(0, await submit.ExitAsync());
        await using var window = await Window.OpenAsync(browser, address);
        foreach (var (path, heading) in ((string, string)[])[("/", "Overview"), ("/workers", "Workers"), ("/status", "Health"), ($"/workers/{Guid.NewGuid()}", "Worker not found")])
        {
            await window.GoToAsync(path);
            await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
        }

        await window.GoToAsync("/jobs");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Shot" }).ClickAsync();
        await window.Button("Pause Shot").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".job-title .status")).ToContainTextAsync("paused");
        await window.Button("Cancel Shot").ClickAsync();
        await window.Button("Cancel job").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".job-title .status")).ToContainTextAsync("canceled");
    }

    [PublishedFact]
    public async Task A_worker_renders_a_submitted_job_and_Ctrl_C_stops_worker_and_server()
    {
        await using var server = await ServeAsync();
        var address = (await server.AddressAsync()).ToString();
        await using var worker = Run("worker", "--manager", address, "--name", "node", "--state", "worker-state");
        await using var submit = Run(
            "submit", "sample-animation", "frames=1-4", "chunk_size=2", $"render_output_path={_directory["frames"]}/######", "--url", address, "--wait");

        Assert.Equal((0, ""), (await submit.ExitAsync(), submit.Errors));
        RenderedFrames.AssertValid(_directory["frames"], atLeast: 4);
        if (OperatingSystem.IsWindows()) return;

        await worker.InterruptAsync();
        Assert.Equal(0, await worker.ExitAsync());
        await server.InterruptAsync();
        Assert.Equal((0, ""), (await server.ExitAsync(), server.Errors));
    }

    [PublishedFact]
    public async Task A_worker_renders_over_https_with_a_certificate_that_the_farm_made()
    {
        Directory.CreateDirectory(_directory["farm-data"]);
        await File.WriteAllTextAsync(_directory["farm-data/farm.yaml"], "{listen: 'https://127.0.0.1:0', certificate: self-signed, autodiscoverable: false}");
        await using var server = Run("serve");
        var address = (await server.AddressAsync()).ToString();
        var fingerprint = (await server.LineAsync("its SHA-256 fingerprint is ")).Split("fingerprint is ")[1].Trim();
        await using var worker = Run("worker", "--manager", address, "--certificate-fingerprint", fingerprint, "--name", "node", "--state", "worker-state");
        await using var submit = Run(
            "submit", "sample-animation", "frames=1-2", "chunk_size=2", $"render_output_path={_directory["frames"]}/######", "--url", address, "--wait");
        Assert.Equal((0, ""), (await submit.ExitAsync(), submit.Errors));
        RenderedFrames.AssertValid(_directory["frames"], atLeast: 2);
    }

    [PublishedFact]
    public async Task A_backup_is_written_and_verified()
    {
        await using var server = await ServeAsync();
        await using var backup = Run("backup", "--url", (await server.AddressAsync()).ToString());
        Assert.Equal((0, ""), (await backup.ExitAsync(), backup.Errors));
        Assert.NotEqual(0, new FileInfo(Path.Combine(backup.Output.Split(" (")[0], "farm.db")).Length);
    }

    [PublishedFact]
    public async Task The_documentation_is_included()
    {
        await using var server = await ServeAsync();
        using var client = new HttpClient { BaseAddress = await server.AddressAsync() };
        Assert.Contains("<code>task_timeout</code>", await client.GetStringAsync("/docs/settings"));
        Assert.Contains("<h1", await client.GetStringAsync("/docs/contracts/flamenco"));
    }

    [PublishedFact]
    public async Task The_settings_file_is_used()
    {
        await File.WriteAllTextAsync(_directory["studio.yaml"],
            """
            manager_name: Studio Nord
            listen: 127.0.0.1:0
            task_timeout: 5m
            autodiscoverable: false
            variables:
              renders:
                is_twoway: true
                values:
                  - platform: linux
                    value: /mnt/renders
                  - platform: windows
                    value: R:\
            contracts:
              flamenco:
                enabled: true
            """);
        await using var server = Run("serve", "--config", "studio.yaml");
        using var client = new HttpClient { BaseAddress = await server.AddressAsync() };
        Assert.Contains("Studio Nord", await client.GetStringAsync("/api/v3/version"));
    }

    [PublishedFact]
    public async Task Every_kind_of_response_is_serialized()
    {
        await using var server = await ServeAsync();
        using var client = new HttpClient { BaseAddress = await server.AddressAsync() };
        using var submitted = await client.PostAsJsonAsync(
            "/api/v3/jobs", new { name = "Shot", type = "echo-sleep-test", priority = 50, submitter_platform = "linux", settings = new { } });
        var job = (string)(await TestFarm.JsonAsync(submitted))["id"]!;
        foreach (var path in (string[])
            ["/api/v3/version", "/api/v3/status", "/api/v3/jobs/types", "/api/v3/jobs/type/simple-blender-render", "/api/v3/jobs", $"/api/v3/jobs/{job}",
                $"/api/v3/jobs/{job}/tasks", "/api/v3/worker-mgt/workers", "/api/v3/worker-mgt/tags", "/health"])
        {
            using var answer = await client.GetAsync(path);
            await TestFarm.JsonAsync(answer);
        }

        using var missing = await client.GetAsync($"/api/v3/jobs/{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var malformed = await client.PostAsync("/api/v3/jobs", new StringContent("{", new MediaTypeHeaderValue("application/json")));
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
        Assert.Contains("farm_", await client.GetStringAsync("/metrics"));
    }

    private async Task<FarmProcess> ServeAsync()
    {
        var server = Run("--urls", "http://127.0.0.1:0");
        await server.AddressAsync();
        return server;
    }

    private FarmProcess Run(params string[] arguments) => FarmProcess.StartFile(published.File, _directory.Path, arguments);
}

using System.Collections.Concurrent;
using System.Net.Http.Json;
using Farm.Server.Hosting.Https;
using Farm.Tests.Browser.Support;
using Farm.Tests.Hosting.Https;
using Farm.Tests.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>The dashboard over https.</summary>
[Collection(BrowserCollection.Name)]
public sealed class HttpsTests(SharedBrowser browser) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [BrowserFact]
    public async Task People_sign_in_and_buttons_work_under_a_host_name()
    {
        await using var farm = await HttpsFarm.StartAsync();
        using var submitted = await farm.Client.PostAsJsonAsync(
            "/api/v3/jobs", new { name = "Shot", type = "echo-sleep-test", priority = 50, submitter_platform = "linux", settings = new { } });
        await using var window = await Window.OpenAsync(browser, new UriBuilder(farm.Address) { Host = "renderbox" }.Uri);
        var sockets = new ConcurrentQueue<string>();
        window.Page.WebSocket += (_, socket) => sockets.Enqueue(socket.Url);

        await window.GoToAsync("/sign-in?back=%2Fjobs");
        var form = window.Page.Locator("form").Filter(new() { HasText = "at least 10 characters" });
        await form.Locator("input[name=username]").FillAsync("lead");
        await form.Locator("input[name=password]").FillAsync("correct horse battery");
        await window.Button("Register").ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Jobs");
        await window.AliveAsync();
        Assert.All(await window.Page.Context.CookiesAsync(), cookie => Assert.True(cookie.Secure, cookie.Name));
        Assert.Contains(await window.Page.Context.CookiesAsync(), cookie => cookie.Name == "tt");

        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Shot" }).ClickAsync();
        await window.Button("Pause Shot").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".job-title .status")).ToContainTextAsync("paused");
        Assert.NotEmpty(sockets);
        Assert.All(sockets, url => Assert.StartsWith($"wss://renderbox:{farm.Address.Port}/_blazor", url));

        await window.GoToAsync("/workers");
        await Assertions.Expect(window.Page.GetByText("farm worker --manager"))
            .ToContainTextAsync($"https://renderbox:{farm.Address.Port} --certificate-fingerprint {farm.Service<CurrentCertificate>().Value.Fingerprint}");
    }

    [BrowserFact]
    public async Task A_certificate_that_expires_soon_is_a_warning_on_the_page()
    {
        using var certificate = TestCertificate.Make(days: 5);
        await File.WriteAllTextAsync(_directory["farm.pem"], certificate.Pem + certificate.Key);
        await using var farm = await HttpsFarm.StartAsync(new CertificateSettings { File = _directory["farm.pem"] });
        await using var window = await Window.OpenAsync(browser, farm.Address);
        await window.GoToAsync("/status");
        await Assertions.Expect(window.Page.Locator(".health-facts")).ToContainTextAsync($"expires on {DateTime.UtcNow.AddDays(5):yyyy-MM-dd}");
        await Assertions.Expect(window.Page.Locator(".page-head .status")).ToContainTextAsync("1 warning");
    }
}

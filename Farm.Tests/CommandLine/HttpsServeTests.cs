using Farm.Server;
using Farm.Tests.Hosting.Https;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary>The server with https as a process, and the commands that talk to it.</summary>
[Collection(ProcessCollection.Name)]
public sealed class HttpsServeTests : IDisposable
{
    private const string SelfSigned = "certificate: self-signed\n";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Commands_on_the_servers_machine_trust_its_own_certificate_and_others_need_its_fingerprint()
    {
        Settings(SelfSigned + "listen: https://127.0.0.1:0\n");
        await using var server = Run("serve");
        var address = (await server.AddressAsync()).ToString();
        var line = await server.LineAsync("its SHA-256 fingerprint is ");
        var fingerprint = line.Split("its SHA-256 fingerprint is ")[1].Trim();
        Assert.Equal(fingerprint, CertificateFingerprint.Parse(fingerprint));

        await using (var own = Run("account", "list", "--url", address))
            Assert.Equal((0, ""), (await own.ExitAsync(), own.Errors));
        await using (var elsewhere = Run("submit", "echo-sleep-test", "--data", "elsewhere", "--url", address))
        {
            Assert.Equal(1, await elsewhere.ExitAsync());
            CommandError.AssertOneLine(elsewhere, $"use --certificate-fingerprint {fingerprint}");
        }

        await using (var pinned = Run("submit", "echo-sleep-test", "--data", "elsewhere", "--url", address, "--certificate-fingerprint", fingerprint.ToUpperInvariant()))
            Assert.Equal((0, ""), (await pinned.ExitAsync(), pinned.Errors));
        await using (var wrong = Run("account", "list", "--url", address, "--certificate-fingerprint", new string('0', 64)))
        {
            Assert.Equal(1, await wrong.ExitAsync());
            CommandError.AssertOneLine(wrong, "shows another certificate than the expected 0000");
        }

        await server.KillAsync();
        await using var again = Run("serve");
        Assert.EndsWith(fingerprint, await again.LineAsync("its SHA-256 fingerprint is "));
    }

    [Theory]
    [InlineData("", "https://127.0.0.1:0", "setting --urls: \"https://127.0.0.1:0\" needs a certificate; set certificate to a file, or to self-signed")]
    [InlineData("", "http://127.0.0.1:0;https://127.0.0.1:0", "needs a certificate")]
    [InlineData("listen: https://:0\n", null, "needs a certificate")]
    [InlineData(SelfSigned, "https://127.0.0.1", "cannot listen")]
    [InlineData(SelfSigned, "https://localhost:0", "needs another port than 0")]
    [InlineData(SelfSigned, "https://127.0.0.1:0/farm", "is not a URL like")]
    [InlineData(SelfSigned, "httpss://127.0.0.1:0", "is not a URL like")]
    [InlineData(SelfSigned, "https://203.0.113.1:0", "cannot listen")]
    [InlineData("certificate: /absent/farm.pem\n", "https://127.0.0.1:0", "setting certificate: \"/absent/farm.pem\" does not exist")]
    public async Task An_address_that_cannot_be_used_is_reported_in_one_line(string settings, string? urls, string because)
    {
        // The port of https is in use, or not allowed, so the address without a port fails too.
        using var taken = urls == "https://127.0.0.1" ? Occupied(443) : null;
        Settings(settings);
        await using var server = Run(["serve", .. urls is null ? Array.Empty<string>() : ["--urls", urls]]);
        Assert.Equal(1, await server.ExitAsync());
        CommandError.AssertOneLine(server, because);
    }

    [Fact]
    public async Task A_certificate_that_is_refused_is_reported_in_one_line_and_makes_no_database()
    {
        using var expired = TestCertificate.Make(days: -1);
        using var other = TestCertificate.Make();
        foreach (var (text, because) in ((string, string)[])
            [(expired.Pem + expired.Key, "expired on "), (expired.Pem, "holds no private key"), (expired.Pem + other.Key, "does not belong to the certificate")])
        {
            await File.WriteAllTextAsync(_directory["farm.pem"], text);
            Settings($"certificate: {_directory["farm.pem"]}\nlisten: https://127.0.0.1:0\n");
            await using var server = Run("serve");
            Assert.Equal(1, await server.ExitAsync());
            CommandError.AssertOneLine(server, because);
            Assert.False(File.Exists(_directory["farm-data/farm.db"]));
        }
    }

    [Fact]
    public async Task A_password_in_the_environment_opens_a_PFX_file_and_a_wrong_one_does_not()
    {
        using var certificate = TestCertificate.Make();
        await File.WriteAllBytesAsync(_directory["farm.pfx"], certificate.Pfx("open sesame"));
        Settings($"certificate: {_directory["farm.pfx"]}\nlisten: https://127.0.0.1:0\n");
        await using var server = FarmProcess.StartWith(new() { ["FARM_CERTIFICATE_PASSWORD"] = "open sesame" }, _directory.Path, "serve");
        Assert.EndsWith(certificate.Fingerprint, await server.LineAsync("its SHA-256 fingerprint is "));
        await server.AddressAsync();
        await using var wrong = FarmProcess.StartWith(new() { ["FARM_CERTIFICATE_PASSWORD"] = "wrong" }, _directory.Path, "serve", "--data", "other", "--config", "farm-data/farm.yaml");
        Assert.Equal(1, await wrong.ExitAsync());
        CommandError.AssertOneLine(wrong, "cannot be opened with this password");
    }

    [Fact]
    public async Task Variables_of_the_web_server_do_not_change_where_it_listens()
    {
        var variables = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "https://0.0.0.0:1",
            ["ASPNETCORE_HTTPS_PORTS"] = "1",
            ["ASPNETCORE_HTTP_PORTS"] = "1",
            ["ASPNETCORE_Kestrel__Certificates__Default__Path"] = "/absent.pfx",
            ["Kestrel__Certificates__Default__Path"] = "/absent.pfx",
            ["Kestrel__Endpoints__Other__Url"] = "https://0.0.0.0:1",
            ["DOTNET_URLS"] = "https://0.0.0.0:1",
        };
        Settings(SelfSigned + "listen: [http://127.0.0.1:0, https://127.0.0.1:0]\n");
        await using var server = FarmProcess.StartWith(variables, _directory.Path, "serve");
        Assert.StartsWith("http://127.0.0.1:", (await server.AddressAsync()).ToString());
        Assert.Contains(" https://127.0.0.1:", await server.LineAsync("It also answers at "));
        Assert.DoesNotContain("0.0.0.0:1", server.Output);
    }

    [Fact]
    public async Task A_certificate_without_https_is_said_not_to_be_used()
    {
        Settings(SelfSigned);
        await using var server = Run("serve", "--urls", "http://127.0.0.1:0");
        await server.LineAsync("Setting certificate: not used, because no address to listen on begins with https://");
        await server.AddressAsync();
        Assert.False(File.Exists(_directory["farm-data/certificate.pem"]));
    }

    [Fact]
    public async Task The_demo_runs_over_https()
    {
        Directory.CreateDirectory(_directory["farm-data/demo"]);
        await File.WriteAllTextAsync(_directory["farm-data/demo/farm.yaml"], SelfSigned);
        await using var demo = Run("demo", "--urls", "https://127.0.0.1:0");
        await demo.LineAsync(": completed");
        Assert.Equal("", demo.Errors);
    }

    private static System.Net.Sockets.TcpListener? Occupied(int port)
    {
        var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (System.Net.Sockets.SocketException)
        {
            // In use already, or not allowed: neither is it for the farm.
            listener.Dispose();
            return null;
        }
    }

    private void Settings(string yaml)
    {
        Directory.CreateDirectory(_directory["farm-data"]);
        File.WriteAllText(_directory["farm-data/farm.yaml"], yaml);
    }

    private FarmProcess Run(params string[] arguments) => FarmProcess.Start(_directory.Path, arguments);
}

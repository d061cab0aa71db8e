using System.Text.Json.Nodes;
using Farm.Server.Hosting.Https;
using Farm.Server.Worker;
using Farm.Tests.Hosting.Https;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker;

/// <summary>A worker and a farm with https, over TLS on loopback.</summary>
public sealed class PinnedCertificateTests : IAsyncLifetime
{
    private const string SignedOn = "Signed on to";

    private readonly TestDirectory _directory = new();
    private HttpsFarm _farm = null!;
    private FakeManager _plain = null!;

    private string Fingerprint => _farm.Service<CurrentCertificate>().Value.Fingerprint;

    public async Task InitializeAsync()
    {
        _farm = await HttpsFarm.StartAsync(urls: $"{HttpsFarm.Https};http://127.0.0.1:0");
        _plain = await FakeManager.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        await _plain.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task With_the_fingerprint_a_worker_registers_gets_a_task_and_remembers_the_fingerprint()
    {
        using var submit = await _farm.Client.PostAsync("/api/v3/jobs", new StringContent(
            """{"name":"Shot","type":"echo-sleep-test","priority":50,"submitter_platform":"linux","settings":{"sleep_repeats":0}}""",
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        var job = JsonNode.Parse(await submit.Content.ReadAsStringAsync())!["id"]!;
        await using (var worker = WorkerFixture.Start(Options(_farm.Address) with { CertificateFingerprint = Fingerprint }))
        {
            await worker.WaitForLogAsync(SignedOn);
            await worker.WaitForLogAsync(") completed");
        }

        Assert.Equal("completed", (string)JsonNode.Parse(await _farm.Client.GetStringAsync($"/api/v3/jobs/{job}"))!["status"]!);
        Assert.Equal(Fingerprint, (string)Stored()["certificate"]!);
        await RunUntilAsync(Options(_farm.Address), SignedOn);
        Assert.Equal(Fingerprint, (string)Stored()["certificate"]!);
    }

    [Fact]
    public async Task Without_the_fingerprint_the_certificate_is_refused_in_a_sentence_with_what_was_seen()
    {
        var (code, log) = await EndAsync(Options(_farm.Address));
        Assert.Equal(WorkerProgram.CannotStart, code);
        Assert.Contains(
            $"{_farm.Address} shows a certificate that no authority that this machine trusts has signed; if it is the one that the server's log names, "
            + $"use --certificate-fingerprint {Fingerprint}", log);
        Assert.False(File.Exists(_directory.File("state/credentials.json")));
    }

    [Fact]
    public async Task Another_fingerprint_is_refused_in_a_sentence_with_both()
    {
        var wrong = new string('0', 64);
        var (code, log) = await EndAsync(Options(_farm.Address) with { CertificateFingerprint = wrong });
        Assert.Equal(WorkerProgram.CannotStart, code);
        Assert.Contains(
            $"{_farm.Address} shows another certificate than the expected {wrong}; if it is the one that the server's log names, use --certificate-fingerprint {Fingerprint}", log);
    }

    [Fact]
    public async Task A_remembered_fingerprint_refuses_a_server_that_took_the_place_of_the_farm()
    {
        await RunUntilAsync(Options(_farm.Address) with { CertificateFingerprint = Fingerprint }, SignedOn);
        var stored = Stored();
        stored["certificate"] = new string('0', 64);
        await File.WriteAllTextAsync(_directory.File("state/credentials.json"), stored.ToJsonString());

        var (code, log) = await EndAsync(Options(_farm.Address));
        Assert.Equal(WorkerProgram.CannotStart, code);
        Assert.Contains(log, line => line.Contains("shows another certificate than the expected"));

        await RunUntilAsync(Options(_farm.Address) with { CertificateFingerprint = Fingerprint }, SignedOn);
        Assert.Equal(Fingerprint, (string)Stored()["certificate"]!);
        Assert.Equal((string)stored["uuid"]!, (string)Stored()["uuid"]!);
    }

    [Fact]
    public async Task A_remembered_fingerprint_is_that_of_the_farm_at_its_new_address_too()
    {
        await RunUntilAsync(Options(_farm.Address) with { CertificateFingerprint = Fingerprint }, SignedOn);
        var elsewhere = new UriBuilder(_farm.Address) { Host = "localhost" }.Uri;
        await RunUntilAsync(Options(elsewhere), SignedOn);
    }

    [Fact]
    public async Task A_forgotten_fingerprint_needs_a_trusted_certificate_again()
    {
        await RunUntilAsync(Options(_farm.Address) with { CertificateFingerprint = Fingerprint }, SignedOn);
        var (code, log) = await EndAsync(Options(_farm.Address) with { ForgetsCertificate = true });
        Assert.Equal(WorkerProgram.CannotStart, code);
        Assert.Contains(log, line => line.Contains("no authority that this machine trusts has signed"));
        await RunUntilAsync(Options(_farm.PlainAddress) with { ForgetsCertificate = true }, SignedOn);
        Assert.Null(Stored()["certificate"]);
    }

    [Fact]
    public async Task A_remembered_fingerprint_survives_a_start_without_https()
    {
        await RunUntilAsync(Options(_farm.Address) with { CertificateFingerprint = Fingerprint }, SignedOn);
        await RunUntilAsync(Options(_farm.PlainAddress), SignedOn);
        Assert.Equal(Fingerprint, (string)Stored()["certificate"]!);
    }

    [Fact]
    public async Task A_fingerprint_for_a_manager_without_https_is_refused()
    {
        var (code, log) = await EndAsync(Options(_plain.Address) with { CertificateFingerprint = Fingerprint });
        Assert.Equal(WorkerProgram.CannotStart, code);
        Assert.Contains($"--certificate-fingerprint needs a manager with https, and {_plain.Address} is not encrypted", log);
        Assert.Empty(_plain.Requests);
    }

    private WorkerOptions Options(Uri manager) => WorkerFixture.Options(_plain, _directory) with { Manager = manager };

    private JsonObject Stored() => JsonNode.Parse(File.ReadAllText(_directory.File("state/credentials.json")))!.AsObject();

    private static async Task RunUntilAsync(WorkerOptions options, string line)
    {
        await using var worker = WorkerFixture.Start(options);
        await worker.WaitForLogAsync(line);
    }

    private static async Task<(int Code, IReadOnlyCollection<string> Log)> EndAsync(WorkerOptions options)
    {
        await using var worker = WorkerFixture.Start(options);
        return (await worker.Running.WaitAsync(FakeManager.Timeout), worker.Log);
    }
}

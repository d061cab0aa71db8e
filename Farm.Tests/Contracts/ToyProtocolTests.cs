using System.Net;
using System.Net.Http.Json;
using Farm.Server.Contracts;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Hosting;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations.Configuration;
using Farm.Server.Store.Engine;
using Farm.Tests.Contracts.Toy;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Farm.Tests.Contracts;

/// <summary>A newcomer adds a protocol: the folder <c>Toy</c> beside this file, and one line (Docs/design.md section 2).</summary>
public sealed class ToyProtocolTests : IAsyncLifetime
{
    private static readonly IReadOnlyList<IProtocolModule> Modules = [.. ProtocolModules.All, new ToyModule()];

    private readonly TemporaryDirectory _directory = new();
    private WebApplication? _farm;
    private HttpClient _client = new();

    [Fact]
    public async Task It_is_spoken_over_http_and_keeps_what_it_is_told_in_a_table_of_its_own()
    {
        await StartAsync("");
        Assert.Equal("""{"said_first":"hello","all_notes":[]}""", await GetAsync("/toy/v1/notes"));
        Assert.Equal((201, """{"said_first":"hello","note_count":1}"""), await PostAsync("/toy/v1/notes", "ask for lights"));
        Assert.Equal((201, """{"said_first":"hello","note_count":2}"""), await PostAsync("/toy/v1/notes", "frame 7 is dark"));
        await StartAsync("");
        Assert.Equal("""{"said_first":"hello","all_notes":["ask for lights","frame 7 is dark"]}""", await GetAsync("/toy/v1/notes"));
    }

    [Fact]
    public async Task What_it_refuses_is_refused_in_its_own_form_and_changes_nothing()
    {
        await StartAsync("");
        await PostAsync("/toy/v1/notes", "once");
        Assert.Equal((409, """{"sorry":"there is such a note"}"""), await PostAsync("/toy/v1/notes", "once"));
        Assert.Equal((400, """{"sorry":"a note needs a text"}"""), await PostAsync("/toy/v1/notes", ""));
        Assert.Equal((404, """{"sorry":"there is nothing at this path"}"""), await PostAsync("/toy/v1/nots", "once"));
        Assert.Equal("""{"said_first":"hello","all_notes":["once"]}""", await GetAsync("/toy/v1/notes"));
    }

    [Fact]
    public async Task It_has_settings_of_its_own_in_the_file_of_the_farm()
    {
        await StartAsync("contracts: {toy: {greeting: good morning}}");
        Assert.Equal("""{"said_first":"good morning","all_notes":[]}""", await GetAsync("/toy/v1/notes"));
        var written = _farm!.Services.GetRequiredService<ISettingsDocument>().Read(Caller.Farm);
        Assert.Equal("""{"enabled":true,"prefix":"","greeting":"good morning"}""", written["contracts"]!["toy"]!.ToJsonString());
    }

    [Theory]
    [InlineData("contracts: {toy: {greetings: hi}}", "contracts:toy:greetings: Unknown setting; expected one of enabled, prefix, greeting")]
    [InlineData("contracts: {toys: {greeting: hi}}", "contracts:toys: Unknown protocol; expected one of flamenco, deadline, task_tracker, flowserv, aspire, farm, toy")]
    public async Task What_it_does_not_know_is_refused_by_name(string settings, string message) =>
        Assert.Contains(message, (await Assert.ThrowsAsync<SettingException>(() => StartAsync(settings))).Message);

    [Fact]
    public async Task It_is_moved_below_a_prefix_like_every_other()
    {
        await StartAsync("contracts: {toy: {prefix: /play}}");
        Assert.Equal("""{"said_first":"hello","all_notes":[]}""", await GetAsync("/play/toy/v1/notes"));
        await AssertNobodysAsync("/toy/v1/notes");
    }

    [Fact]
    public async Task It_is_nobodys_path_when_it_is_off_and_its_table_is_there_all_the_same()
    {
        await StartAsync("contracts: {toy: {enabled: false}}");
        await AssertNobodysAsync("/toy/v1/notes");
        Assert.Equal(0, _farm!.Services.GetRequiredService<FarmStore>().Read(db => db.Number("SELECT count(*) FROM toy_notes")));
    }

    [Fact]
    public async Task Its_document_and_its_settings_are_among_those_of_the_farm()
    {
        await StartAsync("");
        Assert.Contains("/docs/contracts/toy", await GetAsync("/docs"));
        Assert.Contains("Notes that anybody may leave and read.", await GetAsync("/docs/contracts/toy"));
        Assert.Contains("contracts.toy.greeting", await GetAsync("/docs/settings"));
    }

    [Fact]
    public void Every_protocol_brings_its_document_its_settings_with_meanings_and_a_name_of_its_own()
    {
        Assert.All(Modules, module => Assert.StartsWith("# ", module.Documentation));
        Assert.All(Modules.SelectMany(ContractSettings.KeysOf), key => Assert.EndsWith(".", key.Meaning));
        Assert.Equal(Modules.Count, Modules.Select(module => module.Name).Distinct().Count());
        Assert.StartsWith("# Toy\n", Modules[^1].Documentation);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    private async Task StartAsync(string settings)
    {
        await StopAsync();
        var data = new DataDirectory(_directory["farm"]);
        File.WriteAllText(_directory["farm.yaml"], $"autodiscoverable: false\nffmpeg: 'off'\n{settings}");
        var source = new SettingsSource(_directory["farm.yaml"], data.SharedStorage) { Modules = Modules };
        _farm = FarmHost.Build(new FarmHostOptions(data)
        {
            Modules = [.. ProtocolModules.All, new ToyModule()],
            Settings = source.Read(),
            SettingsPath = source.Path,
            Urls = "http://127.0.0.1:0",
            Console = TextWriter.Null,
        });
        await _farm.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_farm.Urls.Single()) };
    }

    private async Task StopAsync()
    {
        _client.Dispose();
        if (_farm is null) return;
        await _farm.StopAsync();
        await _farm.DisposeAsync();
        _farm = null;
    }

    private async Task<string> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<(int Status, string Body)> PostAsync(string path, string text)
    {
        using var answer = await _client.PostAsJsonAsync(path, new { text });
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The path is answered like one that no protocol ever had.</summary>
    private async Task AssertNobodysAsync(string path)
    {
        using var answer = await _client.GetAsync(path);
        using var nobodys = await _client.GetAsync("/gopher/v1/notes");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(
            (nobodys.StatusCode, nobodys.Content.Headers.ContentType?.MediaType, await nobodys.Content.ReadAsStringAsync()),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync()));
    }
}

using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Farm.Server.Contracts.Shared;
using Farm.Server.Hosting;
using Farm.Server.Hosting.StaticFiles;
using Farm.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Farm.Tests.Hosting.StaticFiles;

public sealed partial class StaticFileTests : IAsyncLifetime
{
    private TestWebHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await TestWebHost.StartAsync(app => app.MapFarmDashboard(), services => services.AddFarmDashboard().AddSingleton(new SessionCookie(new SessionCookieSettings())));

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Theory]
    [InlineData("_framework/blazor.web.js", "text/javascript")]
    [InlineData("radzen/Radzen.Blazor.min.js", "text/javascript")]
    [InlineData("radzen/css/material-base.css", "text/css")]
    [InlineData("radzen/css/material-dark-base.css", "text/css")]
    [InlineData("radzen/fonts/InterVariable.woff2", "font/woff2")]
    [InlineData("theme/farm.svg", "image/svg+xml")]
    public async Task Files_for_the_pages_are_served_from_the_assembly(string path, string type)
    {
        using var answer = await _host.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_cached_file_is_not_sent_again()
    {
        using var first = await _host.Client.GetAsync("theme/base.css");
        using var again = new HttpRequestMessage(HttpMethod.Get, "theme/base.css");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _host.Client.SendAsync(again);

        Assert.False(first.Headers.ETag!.IsWeak);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
    }

    [Fact]
    public async Task A_versioned_link_can_be_cached_and_others_must_be_revalidated()
    {
        using var versioned = await _host.Client.GetAsync(Catalog.LinkTo("theme/base.css"));
        using var plain = await _host.Client.GetAsync("theme/base.css");
        using var old = await _host.Client.GetAsync("theme/base.css?v=0000000000000000");

        Assert.Equal(TimeSpan.FromDays(365), versioned.Headers.CacheControl!.MaxAge);
        Assert.True(plain.Headers.CacheControl!.NoCache);
        Assert.True(old.Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task Text_is_compressed_for_clients_that_accept_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "radzen/css/material-base.css");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using var small = await _host.Client.SendAsync(request);
        using var large = await _host.Client.GetAsync("radzen/css/material-base.css");

        Assert.Equal("br", small.Content.Headers.ContentEncoding.Single());
        Assert.Contains("Accept-Encoding", small.Headers.Vary);
        Assert.NotEqual(small.Headers.ETag, large.Headers.ETag);
        await using var unpacked = new BrotliStream(await small.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var text = new StreamReader(unpacked);
        Assert.Equal(await large.Content.ReadAsStringAsync(), await text.ReadToEndAsync());
    }

    [Fact]
    public async Task HEAD_returns_the_length_without_a_body()
    {
        using var answer = await _host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "theme/base.css"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Content.Headers.ContentLength > 0);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public void Our_style_sheets_refer_only_to_embedded_files()
    {
        var sheets = Catalog.Files.Where(file => file.Path.StartsWith("theme/", StringComparison.Ordinal) && file.Path.EndsWith(".css", StringComparison.Ordinal));
        var named = sheets.SelectMany(sheet => Reference().Matches(System.Text.Encoding.UTF8.GetString(sheet.Content)))
            .Select(match => new Uri(new Uri("http://farm/theme/x.css"), match.Groups["path"].Value).AbsolutePath[1..]).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, path => Assert.Contains(Catalog.Files, file => file.Path == path));
    }

    [Fact]
    public async Task A_file_that_is_not_embedded_is_not_found()
    {
        using var answer = await _host.Client.GetAsync("theme/none.css");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private StaticFileCatalog Catalog => _host.Services.GetRequiredService<StaticFileCatalog>();

    [GeneratedRegex("url\\([\"']?(?<path>[^\"')]+)[\"']?\\)")]
    private static partial Regex Reference();
}

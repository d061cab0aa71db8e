using System.Net;
using System.Net.Sockets;
using System.Text;
using Farm.Server.Contracts.Flamenco.Operations.Shaman;
using Farm.Tests.Contracts.Flamenco.Operations.Shaman;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Files on their way into the farm (Contracts/Flamenco/Contract.md section 6.5).</summary>
public sealed class ShamanUploadTests
{
    private static readonly SampleFile Big = SampleFile.OfSize(6_000_000);

    [Fact]
    public async Task A_file_longer_than_the_body_limit_is_stored_unchanged()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.UploadAsync(Big).IsEmptyAsync();
        Assert.Equal(Big.Content, await File.ReadAllBytesAsync(farm.Service<ShamanStorage>().PathOf(Big.Key)));
        await farm.UploadAsync(Big).IsEmptyAsync(208);
        await farm.UploadAsync(Big, "true").IsEmptyAsync(208);
        Assert.Empty(Unfinished(farm));
    }

    [Fact]
    public async Task An_empty_file_is_accepted()
    {
        await using var farm = await TestFarm.StartAsync();
        var empty = new SampleFile("");
        await farm.UploadAsync(empty).IsEmptyAsync();
        Assert.Equal("stored", await farm.StatusOfAsync(empty));
    }

    [Fact]
    public async Task A_chunked_upload_without_content_length_is_accepted()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.UploadAsync(Big, content: Chunked(Big.Content)).IsEmptyAsync();
        Assert.Equal("stored", await farm.StatusOfAsync(Big));
    }

    [Fact]
    public async Task A_file_with_wrong_size_or_content_is_rejected_with_417_and_not_stored()
    {
        await using var farm = await TestFarm.StartAsync();
        var other = SampleFile.OfSize(Big.Content.Length, seed: 2);
        await farm.UploadAsync(Big, content: new ByteArrayContent(other.Content)).IsRefusedAsync(417);
        await farm.UploadAsync(Big, content: new ByteArrayContent(Big.Content[1..])).IsRefusedAsync(417);
        await farm.UploadAsync(Big, content: Chunked(Big.Content[1..])).IsRefusedAsync(417);
        await farm.UploadAsync(Big, content: Chunked([.. Big.Content, 1])).IsRefusedAsync(417);
        Assert.Equal("unknown", await farm.StatusOfAsync(Big));
        Assert.Empty(Unfinished(farm));
        Assert.False(Directory.Exists(farm.Service<ShamanStorage>().Stored));
    }

    [Fact]
    public async Task An_aborted_upload_leaves_nothing()
    {
        await using var farm = await TestFarm.StartAsync();
        var half = await farm.BeginUploadAsync(Big);
        await half.BreakAsync();
        while (await farm.StatusOfAsync(Big) != "unknown" || Unfinished(farm).Length > 0) await Task.Yield();
        await farm.UploadAsync(Big).IsEmptyAsync();
    }

    [Fact]
    public async Task During_an_upload_clients_that_can_defer_get_425_and_others_may_upload_too()
    {
        await using var farm = await TestFarm.StartAsync();
        var half = await farm.BeginUploadAsync(Big);
        await farm.UploadAsync(Big, "True").IsRefusedAsync(425);
        await farm.UploadAsync(Big, "TRUE").IsRefusedAsync(425);
        Assert.Equal("uploading", await farm.StatusOfAsync(Big));

        await farm.UploadAsync(Big, "False").IsEmptyAsync();
        Assert.Equal("stored", await farm.StatusOfAsync(Big));
        await half.FinishAsync().IsEmptyAsync();
        Assert.Equal(Big.Content, await File.ReadAllBytesAsync(farm.Service<ShamanStorage>().PathOf(Big.Key)));
        Assert.Empty(Unfinished(farm));
    }

    [Theory]
    [InlineData("False")]
    [InlineData("True")]
    public async Task Sixteen_concurrent_uploads_of_a_file_store_it_once(string canDefer)
    {
        await using var farm = await TestFarm.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => farm.UploadAsync(Big, canDefer)));

        int[] expected = canDefer == "True" ? [204, 208, 425] : [204, 208];
        Assert.All(answers, answer => Assert.Contains((int)answer.StatusCode, expected));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.Equal("stored", await farm.StatusOfAsync(Big));
        Assert.Single(Directory.GetFiles(farm.Service<ShamanStorage>().Stored, "*", SearchOption.AllDirectories));
        Assert.Empty(Unfinished(farm));
        Assert.Equal("shot", (string)(await farm.CheckOutAsync("shot", Big).IsJsonAsync())["checkoutPath"]!);
    }

    [Fact]
    public async Task A_client_that_expects_100_continue_need_not_send_a_stored_file()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.UploadAsync(Big).IsEmptyAsync();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(farm.Client.BaseAddress!.Host, farm.Client.BaseAddress.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {ShamanCalls.PathOf(Big)} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/octet-stream\r\n"
            + $"Content-Length: {Big.Key.Size}\r\nExpect: 100-continue\r\n\r\n"));
        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.StartsWith("HTTP/1.1 208 ", Encoding.ASCII.GetString(buffer, 0, read));
    }

    [Fact]
    public async Task A_full_disk_is_503_and_leaves_nothing()
    {
        if (!OperatingSystem.IsLinux()) return; // Only Linux has a device that is always full.
        await using var farm = await TestFarm.StartAsync();
        var uploads = farm.Service<ShamanUploads>();
        var usual = uploads.CreateFile;
        uploads.CreateFile = _ => File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        using (var answer = await farm.UploadAsync(Big))
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
        await farm.UploadAsync(Big).IsRefusedAsync(503);
        Assert.Equal("unknown", await farm.StatusOfAsync(Big));

        uploads.CreateFile = usual;
        await farm.UploadAsync(Big).IsEmptyAsync();
    }

    [Fact]
    public async Task An_unavailable_storage_is_503()
    {
        await using var farm = await TestFarm.StartAsync();
        await File.WriteAllTextAsync(farm.SharedStorage, "a file in the place of the directory");
        await farm.UploadAsync(Big).IsRefusedAsync(503);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("")]
    public async Task An_invalid_can_defer_header_is_rejected(string value)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.UploadAsync(Big, value).IsRefusedAsync(400);
    }

    [Theory]
    [InlineData("=?utf-8?b?%%%?=")]
    [InlineData("=?utf-8?q?=zz?=")]
    [InlineData("=?utf-8?q?=ff?=")]
    [InlineData("=?utf-8?x?a?=")]
    [InlineData("=?klingon?q?a?=")]
    public async Task An_undecodable_file_name_is_rejected_with_400(string name)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.UploadAsync(Big, name: name).IsRefusedAsync(400);
        Assert.Equal("unknown", await farm.StatusOfAsync(Big));
    }

    [Fact]
    public async Task Only_octet_streams_are_accepted()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.UploadAsync(Big, content: new StringContent("x")).IsRefusedAsync(400);
    }

    [Fact]
    public async Task A_file_name_with_line_breaks_cannot_inject_log_lines()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.UploadAsync(Big, name: "=?utf-8?q?a=0A2026-01-01_fake?=", content: Chunked([1])).IsRefusedAsync(417);
        var text = "";
        for (var waited = 0; waited < 600 && !text.Contains("a\\n2026-01-01 fake"); waited++)
        {
            await Task.Delay(50);
            text = await LogAsync(farm);
        }

        Assert.Contains("a\\n2026-01-01 fake", text);
    }

    /// <summary>What the farm logged so far; it writes when it gets to it, and makes the file then.</summary>
    private static async Task<string> LogAsync(TestFarm farm)
    {
        if (Directory.GetFiles(farm.Data, "*.log", SearchOption.AllDirectories) is not [var path]) return "";
        await using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        return await reader.ReadToEndAsync();
    }

    private static StreamContent Chunked(byte[] content) => new(new UnseekableStream(content));

    private static string[] Unfinished(TestFarm farm)
    {
        var uploading = farm.Service<ShamanStorage>().Uploading;
        return Directory.Exists(uploading) ? Directory.GetFileSystemEntries(uploading) : [];
    }

    private sealed class UnseekableStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}

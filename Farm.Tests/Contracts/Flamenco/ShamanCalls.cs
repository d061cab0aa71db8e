using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Farm.Tests.Contracts.Flamenco.Operations.Shaman;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Asks Shaman for things as the add-on does.</summary>
internal static class ShamanCalls
{
    public const string Root = "/api/v3/shaman";

    public static string PathOf(SampleFile file) => $"{Root}/files/{file.Key.Sha}/{file.Key.Size}";

    public static Task<HttpResponseMessage> UploadAsync(
        this TestFarm farm, SampleFile file, string? canDefer = null, string? name = null, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, PathOf(file)) { Content = content ?? new ByteArrayContent(file.Content) };
        request.Content.Headers.ContentType ??= new MediaTypeHeaderValue("application/octet-stream");
        if (canDefer is not null) request.Headers.Add("X-Shaman-Can-Defer-Upload", canDefer);
        if (name is not null) request.Headers.TryAddWithoutValidation("X-Shaman-Original-Filename", name);
        return farm.Client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> RequireAsync(this TestFarm farm, params SampleFile[] files) =>
        farm.Client.PostAsJsonAsync($"{Root}/checkout/requirements", new { files = files.Select(file => file.Named) });

    public static Task<HttpResponseMessage> CheckOutAsync(this TestFarm farm, string path, params SampleFile[] files) =>
        farm.Client.PostAsJsonAsync($"{Root}/checkout/create", new { files = files.Select(file => file.Named), checkoutPath = path });

    public static async Task<string> StatusOfAsync(this TestFarm farm, SampleFile file) => (string)(await farm.GetAsync(PathOf(file)))["status"]!;

    /// <summary>Begins to send a file and waits until the farm knows of it.</summary>
    public static async Task<HalfSent> BeginUploadAsync(this TestFarm farm, SampleFile file)
    {
        var half = new HalfSent(farm, file);
        await half.WriteAsync(file.Content.AsMemory(0, file.Content.Length / 2));
        while (await farm.StatusOfAsync(file) != "uploading") await Task.Yield();
        return half;
    }
}

/// <summary>A file that is being sent.</summary>
internal sealed class HalfSent
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly SampleFile _file;

    public HalfSent(TestFarm farm, SampleFile file)
    {
        _file = file;
        var content = new StreamContent(_pipe.Reader.AsStream());
        content.Headers.ContentLength = file.Content.Length;
        Answer = farm.UploadAsync(file, content: content);
    }

    public Task<HttpResponseMessage> Answer { get; }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes) => await _pipe.Writer.WriteAsync(bytes);

    /// <summary>Sends the rest.</summary>
    public async Task<HttpResponseMessage> FinishAsync()
    {
        await WriteAsync(_file.Content.AsMemory(_file.Content.Length / 2));
        await _pipe.Writer.CompleteAsync();
        return await Answer;
    }

    /// <summary>Breaks off.</summary>
    public async Task BreakAsync()
    {
        await _pipe.Writer.CompleteAsync(new IOException("the sender crashed"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Answer);
    }
}

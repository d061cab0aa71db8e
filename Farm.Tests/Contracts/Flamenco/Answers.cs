using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Looks at answers.</summary>
internal static class Answers
{
    /// <summary>An id that nothing has.</summary>
    public const string Nobody = "00000000-0000-7000-8000-000000000000";

    /// <summary>The answer is a refusal of this status in the protocol's form. Answers with the message.</summary>
    public static async Task<string> IsRefusedAsync(this Task<HttpResponseMessage> pending, int status)
    {
        using var answer = await pending;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var error = JsonNode.Parse(text)!;
        Assert.Equal(status, (int)error["code"]!);
        Assert.Empty(answer.Headers.WwwAuthenticate);
        return (string)error["message"]!;
    }

    /// <summary>The answer is an empty one of this status.</summary>
    public static async Task IsEmptyAsync(this Task<HttpResponseMessage> pending, int status = 204)
    {
        using var answer = await pending;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {status}: {text}");
        Assert.Empty(text);
    }

    /// <summary>The answer is JSON with this status.</summary>
    public static async Task<JsonObject> IsJsonAsync(this Task<HttpResponseMessage> pending, int status = 200)
    {
        using var answer = await pending;
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    /// <summary>Posts a text that says it is JSON.</summary>
    public static Task<HttpResponseMessage> PostTextAsync(this HttpClient client, string path, string body, string type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return client.PostAsync(path, content);
    }
}

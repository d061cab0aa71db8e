using System.Text.Json;
using Farm.Tests.Contracts.Toy.Messages;
using Farm.Tests.Contracts.Toy.Operations;
using Microsoft.AspNetCore.Http;

namespace Farm.Tests.Contracts.Toy.Endpoints;

/// <summary>Notes are left and read.</summary>
internal sealed class NoteEndpoints(NoteBook notes, ToySettings settings)
{
    /// <summary><c>GET /toy/v1/notes</c></summary>
    public Task ListAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(new NotesMessage(settings.Greeting, notes.All()), ToyJson.Default.NotesMessage);

    /// <summary><c>POST /toy/v1/notes</c></summary>
    public async Task AddAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { Text: { Length: > 0 } text }) throw ToyException.Malformed();
        var count = await notes.AddAsync(text);
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.Response.WriteAsJsonAsync(new AddedMessage(settings.Greeting, count), ToyJson.Default.AddedMessage);
    }

    private static async Task<NoteMessage?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, ToyJson.Default.NoteMessage, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

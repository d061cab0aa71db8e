using System.Globalization;
using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Flamenco.Operations.Shaman;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Shaman, the deduplicating file upload (Contracts/Flamenco/Contract.md section 6.5).</summary>
internal sealed class ShamanEndpoints(ShamanSettings settings, ShamanFileStore stored, ShamanUploads uploads, ShamanCheckouts checkouts)
{
    private const int TooEarly = 425;

    /// <summary>Answers 503 to everything where Shaman is off.</summary>
    public RequestDelegate WhereEnabled(RequestDelegate handler) => context => settings.Enabled
        ? handler(context)
        : throw new FlamencoException(StatusCodes.Status503ServiceUnavailable, "Shaman is off on this farm; its setting is shaman.enabled");

    /// <summary>shamanCheckoutRequirements.</summary>
    public async Task RequirementsAsync(HttpContext context)
    {
        var required = checkouts.Requirements(ShamanMapping.Files(await RequestBody.ReadAsync(context)));
        await context.AnswerAsync(ShamanMapping.Message(required), FlamencoJson.Default.ShamanRequirementsMessage);
    }

    /// <summary>shamanCheckout.</summary>
    public async Task CheckoutAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var files = ShamanMapping.Files(body);
        var checkout = checkouts.Create(body.Text("checkoutPath"), files);
        if (checkout.Path is not { } path)
            throw new FlamencoException(StatusCodes.Status424FailedDependency, ShamanMapping.MissingFiles(files, checkout.Missing));
        await context.AnswerAsync(new ShamanCheckoutMessage(path), FlamencoJson.Default.ShamanCheckoutMessage);
    }

    /// <summary>shamanFileStoreCheck.</summary>
    public Task CheckAsync(HttpContext context) =>
        context.AnswerAsync(new ShamanStatusMessage(stored.StatusOf(Key(context)).Wire()), FlamencoJson.Default.ShamanStatusMessage);

    /// <summary>shamanFileStore.</summary>
    public async Task StoreAsync(HttpContext context)
    {
        var key = Key(context);
        var canDefer = ShamanHeaders.CanDefer(context.Request.Headers);
        var name = ShamanHeaders.OriginalFilename(context.Request.Headers) ?? key.Sha;
        if (!IsBytes(context.Request.ContentType))
            throw FlamencoException.Malformed($"the Content-Type must be application/octet-stream, not \"{context.Request.ContentType}\"");
        // A sender may have a slow line, or a slow disk of ours makes it wait.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        var outcome = context.Request.ContentLength is { } length && length != key.Size
            ? UploadOutcome.Mismatch
            : await uploads.ReceiveAsync(key, name, context.Request.Body, canDefer, context.RequestAborted);
        await AnswerAsync(context, outcome);
        if (outcome != UploadOutcome.Stored) await ReadAwayAsync(context);
    }

    private static Task AnswerAsync(HttpContext context, UploadOutcome outcome)
    {
        switch (outcome)
        {
            case UploadOutcome.Mismatch:
                return context.WriteErrorAsync(new HttpError(StatusCodes.Status417ExpectationFailed, "the size or the SHA-256 of the file is not what was announced"));
            case UploadOutcome.Elsewhere:
                return context.WriteErrorAsync(new HttpError(TooEarly, "somebody else is uploading this file; try again later"));
            default:
                context.Response.StatusCode = outcome == UploadOutcome.Known ? StatusCodes.Status208AlreadyReported : StatusCodes.Status204NoContent;
                return Task.CompletedTask;
        }
    }

    /// <summary>
    /// Python's client sends all of a file before it looks for the answer, and takes a connection that is closed meanwhile for a failure. So the
    /// rest is read and thrown away, unless the client waits for leave to send it.
    /// </summary>
    private static async Task ReadAwayAsync(HttpContext context)
    {
        if (context.Request.Headers.Expect.Count > 0)
        {
            if (!context.Response.HasStarted) context.Response.Headers.Connection = "close";
            return;
        }

        await context.Response.CompleteAsync();
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
    }

    private static FileKey Key(HttpContext context)
    {
        var sha = (string)context.Request.RouteValues["sha"]!;
        var size = (string)context.Request.RouteValues["size"]!;
        return long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && FileKey.TryCreate(sha, bytes) is { } key
            ? key
            : throw FlamencoException.Malformed("a file is named by its SHA-256 of 64 hexadecimal digits and its size in bytes");
    }

    private static bool IsBytes(string? contentType) =>
        (contentType ?? "").Split(';')[0].Trim().Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase);
}

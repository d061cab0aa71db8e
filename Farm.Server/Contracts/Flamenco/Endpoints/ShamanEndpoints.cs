using System.Globalization;
using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Flamenco.Operations.Shaman;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Requests;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Shaman, the deduplicating file upload (Contracts/Flamenco/Contract.md section 6.5).</summary>
internal sealed class ShamanEndpoints(ShamanSettings settings, ShamanFileStore stored, ShamanUploads uploads, ShamanCheckouts checkouts, RepeatedRequests requests)
{
    private const int TooEarly = 425;

    /// <summary>Responds 503 when Shaman is disabled.</summary>
    public RequestDelegate WhereEnabled(RequestDelegate handler) => context => settings.Enabled
        ? handler(context)
        : throw new FlamencoException(StatusCodes.Status503ServiceUnavailable, "Shaman is disabled on this farm; set shaman.enabled to enable it");

    /// <summary>shamanCheckoutRequirements.</summary>
    public async Task RequirementsAsync(HttpContext context)
    {
        var required = checkouts.Requirements(ShamanMapping.Files(await RequestBody.ReadAsync(context)));
        await context.RespondAsync(ShamanMapping.Message(required), FlamencoJson.Default.ShamanRequirementsMessage);
    }

    /// <summary>shamanCheckout.</summary>
    public async Task CheckoutAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var files = ShamanMapping.Files(body);
        var checkout = checkouts.Create(context.Caller(), body.Text("checkoutPath"), files);
        if (checkout.Path is not { } path)
            throw new FlamencoException(StatusCodes.Status424FailedDependency, ShamanMapping.MissingFiles(files, checkout.Missing));
        await requests.ClaimAsync(context.Key(), $"checkout \"{path}\"");
        await context.RespondAsync(new ShamanCheckoutMessage(path), FlamencoJson.Default.ShamanCheckoutMessage);
    }

    /// <summary>shamanFileStoreCheck.</summary>
    public Task CheckAsync(HttpContext context) =>
        context.RespondAsync(new ShamanStatusMessage(stored.StatusOf(Key(context)).Wire()), FlamencoJson.Default.ShamanStatusMessage);

    /// <summary>shamanFileStore.</summary>
    public async Task StoreAsync(HttpContext context)
    {
        var key = Key(context);
        var canDefer = ShamanHeaders.CanDefer(context.Request.Headers);
        var name = ShamanHeaders.OriginalFilename(context.Request.Headers) ?? key.Sha;
        if (!IsBytes(context.Request.ContentType))
            throw FlamencoException.Malformed($"the Content-Type must be application/octet-stream, not \"{context.Request.ContentType}\"");
        // The client's network or the farm's disk may be slow.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        var outcome = context.Request.ContentLength is { } length && length != key.Size
            ? UploadOutcome.Mismatch
            : await uploads.ReceiveAsync(context.Caller(), key, name, context.Request.Body, canDefer, context.RequestAborted);
        await RespondAsync(context, outcome);
        if (outcome != UploadOutcome.Stored) await DrainBodyAsync(context);
    }

    private static Task RespondAsync(HttpContext context, UploadOutcome outcome)
    {
        switch (outcome)
        {
            case UploadOutcome.Mismatch:
                return context.WriteErrorAsync(new HttpError(StatusCodes.Status417ExpectationFailed, "the size or SHA-256 of the file does not match the URL"));
            case UploadOutcome.InProgress:
                return context.WriteErrorAsync(new HttpError(TooEarly, "another client is uploading this file; try again later"));
            default:
                context.Response.StatusCode = outcome == UploadOutcome.AlreadyStored ? StatusCodes.Status208AlreadyReported : StatusCodes.Status204NoContent;
                return Task.CompletedTask;
        }
    }

    /// <summary>
    /// The Python client sends the whole file before it reads the response, and treats a connection that closes before that as a failure. So the rest
    /// is read and discarded, unless the client waits for "100 Continue".
    /// </summary>
    private static async Task DrainBodyAsync(HttpContext context)
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
            : throw FlamencoException.Malformed("the path of a file must have its SHA-256 (64 hexadecimal digits) and its size in bytes");
    }

    private static bool IsBytes(string? contentType) =>
        (contentType ?? "").Split(';')[0].Trim().Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase);
}

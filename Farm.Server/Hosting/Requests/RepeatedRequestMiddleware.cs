using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace Farm.Server.Hosting.Requests;

/// <summary>
/// Answers a request with an <see cref="IdempotencyKey"/> that was carried out before as it was answered then, without doing anything. Reading has no
/// effect that could be repeated, so there the key does not matter.
/// </summary>
internal sealed class RepeatedRequestMiddleware(RequestDelegate next, Callers callers, RepeatedRequests requests, RequestTurns turns, ILogger<RepeatedRequestMiddleware> log)
{
    /// <summary>Says that an answer is one from before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Headers.ContainsKey(IdempotencyKey.Header) || !MayChange(context)) return next(context);
        return IdempotencyKey.WhyNotAllowed(context.Request) is { } wrong
            ? context.WriteErrorAsync(new HttpError(StatusCodes.Status400BadRequest, wrong))
            : RunAsync(context);
    }

    private static bool MayChange(HttpContext context) => context.Request.Method switch
    {
        "HEAD" or "OPTIONS" or "TRACE" => false,
        "GET" => context.GetEndpoint()?.Metadata.GetMetadata<StateChangingGet>() is not null,
        _ => true,
    };

    private async Task RunAsync(HttpContext context)
    {
        var key = callers.SetKey(context, IdempotencyKey.Of(context.Request, callers.Of(context)));
        using var turn = await turns.EnterAsync(key.Digest, context.RequestAborted);
        var body = context.Request.Body;
        await using var hashed = new HashedBody(context.Request);
        context.Request.Body = hashed;
        try
        {
            if (requests.Find(key) is { } before) await RepeatAsync(context, before, hashed);
            else await CarryOutAsync(context, key, hashed);
        }
        finally
        {
            context.Request.Body = body;
        }
    }

    private static async Task RepeatAsync(HttpContext context, CarriedOutRequest before, HashedBody body)
    {
        if (before.Fingerprint is { } fingerprint && !(await body.FingerprintAsync(context.RequestAborted)).AsSpan().SequenceEqual(fingerprint))
        {
            await context.WriteErrorAsync(new HttpError(
                StatusCodes.Status422UnprocessableEntity, $"this {IdempotencyKey.Header} was sent with another request ({before.Made}); use a new key for each request"));
        }
        else if (before.Answer is { } answer)
        {
            context.Response.Headers[ReplayedHeader] = "true";
            await KeptAnswer.Read(answer).SendAsync(context);
        }
        else
        {
            await context.WriteErrorAsync(new HttpError(
                StatusCodes.Status409Conflict, $"this request was carried out before ({before.Made}) and is not repeated; its answer was not kept"));
        }
    }

    private async Task CarryOutAsync(HttpContext context, RequestKey key, HashedBody body)
    {
        var client = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var held = new HeldAnswer(client.Stream);
        var aborted = context.RequestAborted;
        // A client that has gone will ask again, and then wants the answer.
        context.RequestAborted = CancellationToken.None;
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(held, client));
        try
        {
            await next(context);
            await context.Response.CompleteAsync();
            await KeepAsync(context.Response, key, held.Held, body);
        }
        catch when (key.IsUsed)
        {
            await ForgetAsync(key);
            throw;
        }
        finally
        {
            context.Features.Set(client);
            context.RequestAborted = aborted;
        }

        await held.ReleaseAsync(aborted);
    }

    private async Task KeepAsync(HttpResponse response, RequestKey key, byte[]? held, HashedBody body)
    {
        if (!key.IsUsed) return;
        if (response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            // What is refused changed nothing, and may be tried again.
            await ForgetAsync(key);
            return;
        }

        try
        {
            await requests.KeepAsync(key, await body.FingerprintAsync(CancellationToken.None), held is null ? null : KeptAnswer.Of(response, held).Write());
        }
        catch (Exception lost)
        {
            // It was done all the same, and the client is told so now.
            log.LogWarning("The answer of a request with a key could not be kept: {Reason}", lost.Message);
        }
    }

    private async Task ForgetAsync(RequestKey key)
    {
        try
        {
            await requests.ForgetAsync(key);
        }
        catch (Exception unwritable)
        {
            log.LogWarning("The key of a failed request could not be forgotten; it cannot be tried again with it: {Reason}", unwritable.Message);
        }
    }
}

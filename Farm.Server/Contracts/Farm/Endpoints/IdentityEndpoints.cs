using System.Security.Cryptography;
using System.Text;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Domain;
using Farm.Server.Operations.Managers;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>Which farm this is, and the proof of it for a worker that is registered with it (Contracts/Farm/Contract.md section 6).</summary>
internal sealed class IdentityEndpoints(FarmIdentity identity, WorkerSecrets secrets)
{
    private const int NonceDigits = 64;

    /// <summary>The identity; with <c>?worker=UUID&amp;nonce=HEX</c> also the proof, unless the farm does not know the worker.</summary>
    public async Task ReadAsync(HttpContext context)
    {
        var id = await identity.ReadAsync();
        var (worker, nonce) = (context.Request.Query["worker"].ToString(), context.Request.Query["nonce"].ToString());
        if (worker.Length > 0 && (nonce.Length != NonceDigits || !nonce.All(char.IsAsciiHexDigitLower)))
            throw FarmException.Invalid($"\"nonce\" must be {NonceDigits} lowercase hex digits");
        var known = Guid.TryParseExact(worker, "D", out var uuid) ? secrets.Find(uuid) : null;
        var answer = known is not var (iterations, salt, hash)
            ? new IdentityMessage(id, null, null, null)
            : new IdentityMessage(id, iterations, Convert.ToBase64String(salt), Proof(hash, id, nonce));
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(answer, FarmJson.Default.IdentityMessage, cancellationToken: context.RequestAborted);
    }

    private static string Proof(byte[] hash, string id, string nonce) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(hash, Encoding.ASCII.GetBytes($"farm-identity {id} {nonce}")));
}

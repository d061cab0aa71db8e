using Farm.Server.Operations.Managers;

namespace Farm.Server.Contracts.Shared;

/// <summary>Tells Farm's own worker which farm it registered with or signed on to. Other workers ignore the header.</summary>
internal sealed class FarmIdentityHeader(FarmIdentity identity, FarmApiAddress api)
{
    /// <summary>The header.</summary>
    public const string Name = "X-Farm-Identity";

    private const string Address = "/api/farm/v1";

    /// <summary>Adds the header, unless the call by which a worker checks the identity is switched off or elsewhere.</summary>
    public async Task AddAsync(HttpContext context)
    {
        if (api.Root == Address) context.Response.Headers[Name] = await identity.ReadAsync();
    }
}

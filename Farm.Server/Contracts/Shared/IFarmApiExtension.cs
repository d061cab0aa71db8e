namespace Farm.Server.Contracts.Shared;

/// <summary>
/// Routes that a protocol adds to the farm's own API because its own document has none for them. Registered as a service; served while both
/// protocols are enabled.
/// </summary>
internal interface IFarmApiExtension
{
    /// <summary>Maps routes for administrators, below the root of the farm's own API.</summary>
    void MapForAdministrators(IEndpointRouteBuilder farm);
}

namespace Farm.Server.Contracts.Shared;

/// <summary>
/// Routes of a protocol that are in the farm's own one, because the document of that protocol has none for them. Registered as a service; they are
/// there as long as both protocols are spoken.
/// </summary>
internal interface IFarmApiPart
{
    /// <summary>Maps routes for administrators only, below the farm's own root.</summary>
    void MapForAdministrators(IEndpointRouteBuilder farm);
}

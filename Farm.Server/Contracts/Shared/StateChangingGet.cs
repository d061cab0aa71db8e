namespace Farm.Server.Contracts.Shared;

/// <summary>Endpoint metadata: GET changes state here, so requests from pages of other sites are rejected for GET too.</summary>
internal sealed record StateChangingGet;

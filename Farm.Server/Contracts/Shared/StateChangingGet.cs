namespace Farm.Server.Contracts.Shared;

/// <summary>Put into an endpoint's metadata: its protocol changes things by GET, which pages of other sites must not be able to do either.</summary>
internal sealed record StateChangingGet;

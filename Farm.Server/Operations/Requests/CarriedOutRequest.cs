namespace Farm.Server.Operations.Requests;

/// <summary>A request that was carried out under a key.</summary>
/// <param name="Made">What it did, in words.</param>
/// <param name="Fingerprint">The SHA-256 of the request; null if it was never answered, because the farm stopped.</param>
/// <param name="Answer">Its answer, as it was kept; null if it was never answered, or if the answer was too long to be kept.</param>
internal sealed record CarriedOutRequest(string Made, byte[]? Fingerprint, byte[]? Answer);

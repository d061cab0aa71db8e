namespace Farm.Server.Contracts.Farm.Messages;

/// <summary>A token of a tool or a worker, without its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">The most that its user is: <c>worker</c>, <c>viewer</c>, <c>artist</c>, <c>operator</c> or <c>administrator</c>.</param>
/// <param name="Account">The name of the account for which it acts; null for a token of the farm itself.</param>
/// <param name="Project">The only task_tracker project in which it acts; null for all.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it stops working; null for never.</param>
/// <param name="LastUsed">When it was used last, to the minute; null for never.</param>
internal sealed record TokenMessage(
    long Id, string Name, string Role, string? Account, long? Project, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? LastUsed);

/// <summary>Tokens, in the order in which they were made.</summary>
internal sealed record TokensMessage(IReadOnlyList<TokenMessage> Tokens);

/// <summary>A token to make. With a project, it acts only there; without days, it works for ever.</summary>
internal sealed record NewTokenMessage(string? Name, string? Role, long? Project, double? Days);

/// <summary>A token that was made.</summary>
/// <param name="Secret">What its user sends. The farm does not keep it, so it is shown only now.</param>
/// <param name="Token">The token.</param>
internal sealed record MadeTokenMessage(string Secret, TokenMessage Token);

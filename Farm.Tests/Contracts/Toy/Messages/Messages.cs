using System.Text.Json.Serialization;

namespace Farm.Tests.Contracts.Toy.Messages;

/// <summary>A note that is sent.</summary>
internal sealed record NoteMessage(string? Text);

/// <summary>All notes.</summary>
internal sealed record NotesMessage(string SaidFirst, IReadOnlyList<string> AllNotes);

/// <summary>A note was left.</summary>
internal sealed record AddedMessage(string SaidFirst, long NoteCount);

/// <summary>A refusal.</summary>
internal sealed record SorryMessage(string Sorry);

/// <summary>The wire form: snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NoteMessage))]
[JsonSerializable(typeof(NotesMessage))]
[JsonSerializable(typeof(AddedMessage))]
[JsonSerializable(typeof(SorryMessage))]
internal sealed partial class ToyJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>Lists of texts as the store keeps them with runs.</summary>
[JsonSerializable(typeof(List<string>))]
internal sealed partial class RunJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>JSON of the string lists that are stored with runs.</summary>
[JsonSerializable(typeof(List<string>))]
internal sealed partial class RunJson : JsonSerializerContext;

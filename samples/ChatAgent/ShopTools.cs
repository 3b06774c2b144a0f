using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace ChatAgent;

/// <summary>What the agent can do. None of it knows of a policy.</summary>
internal static class ShopTools
{
    public static IReadOnlyList<AITool> All { get; } =
    [
        AIFunctionFactory.Create(FindOrder, "find_order"),
        AIFunctionFactory.Create(Refund, "refund"),
        AIFunctionFactory.Create(SendMail, "send_mail"),
        AIFunctionFactory.Create(DeleteCustomer, "delete_customer"),
        AIFunctionFactory.Create(ExportCustomers, "export_customers"),
    ];

    [Description("Looks an order up.")]
    private static string FindOrder(int order) => $"order {order}: paid $60 by ann@customers.example";

    [Description("Gives money back.")]
    private static string Refund(int order, decimal amount) => FormattableString.Invariant($"refunded ${amount} for order {order}");

    [Description("Writes to somebody.")]
    private static string SendMail(string to, string text) => $"sent {text.Length} characters to {to}";

    [Description("Deletes a customer.")]
    private static string DeleteCustomer(string customer) => $"{customer} is gone"; // the policy hides it

    [Description("Exports all customers.")]
    private static string ExportCustomers() => "ann@customers.example, bob@customers.example"; // no entry names it
}

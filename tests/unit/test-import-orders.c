/* test-import-orders.c: orders in files: whose amount, refunds, statuses, currencies, lines that lie apart. */

#include "import-outcome.h"

static void
test_amount_of (void)
{
  g_auto (Outcome) order = read_orders ("order_id,date,amount,price,quantity\n1,2024-01-02,30,10,1\n1,2024-01-02,30,20,1\n2,2024-01-02,5,5,1\n");
  g_auto (Outcome) line = read_orders ("order_id,date,amount,price,quantity\n1,2024-01-02,10,10,1\n1,2024-01-02,20,20,1\n");
  g_auto (Outcome) first = read_orders ("Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price\n"
                                        "#1,a@b.c,paid,2025-10-07 09:50:26 +0200,EUR,30.00,2025-10-07 09:50:26 +0200,1,Lamp,10\n#1,a@b.c,,,,,,2,Bulb,10\n#2,,pending,,EUR,5,2025-10-08 09:50:26 +0200,1,Bulb,5\n");
  g_auto (Outcome) ragged = read_orders ("order_id,product,price,quantity,amount,date,customer_id\n1,a,1,1,1,2024-01-02,7\n1,b,2,1,2\n2,a,1,1,1,2024-01-03,8\n");

  g_assert_cmpint (order.draft->amount_of, ==, MQ_AMOUNT_OF_ORDER);
  g_assert_cmpuint (order.plan->proofs->len, ==, 2);
  g_assert_cmpint (line.draft->amount_of, ==, MQ_AMOUNT_OF_LINE);
  g_assert_cmpuint (ragged.draft->rejects->len, ==, 0);
  g_assert_nonnull (strstr (ragged.csv, "7,2024-01-02,2.00,1,b"));
  g_assert_no_error (first.error);
  g_assert_cmpint (first.draft->amount_of, ==, MQ_AMOUNT_OF_ORDER_FIRST);
  g_assert_cmpuint (first.draft->rejects->len, ==, 0);
  g_assert_cmpstr (first.csv, ==, "email,time,amount,paid_time,order_id,created_time,status,product,quantity,unit_price,currency\n"
                                  ",2025-10-08 07:50:26,5.00,,#2,2025-10-08 07:50:26,pending,Bulb,1,5,EUR\n"
                                  "a@b.c,2025-10-07 07:50:26,30.00,2025-10-07 07:50:26,#1,2025-10-07 07:50:26,paid,Lamp,1,10,EUR\n"
                                  "a@b.c,2025-10-07 07:50:26,,2025-10-07 07:50:26,#1,2025-10-07 07:50:26,paid,Bulb,2,10,EUR\n");
}

static void
test_refunds (void)
{
  g_auto (Outcome) net = read_orders ("date,实付金额,退款金额,总金额\n2024-01-02,10,0,10\n2024-01-02,4,6,10\n2024-01-02,0,7,7\n");
  g_auto (Outcome) gross = read_orders ("date,实付金额,退款金额,总金额\n2024-01-02,10,0,10\n2024-01-02,10,6,10\n2024-01-02,7,7,7\n");
  g_auto (Outcome) zero = read_orders ("date,amount,refund\n2024-01-02,10,0\n2024-01-02,0,6\n");

  g_assert_true (net.draft->refund_is_net);
  g_assert_false (gross.draft->refund_is_net);
  g_assert_true (zero.draft->refund_is_net);
}

static void
test_statuses (void)
{
  static char    *given[] = { (char *) "weird=closed", NULL };
  MqImportOptions options = make_options (MQ_KIND_ORDERS);
  g_auto (Outcome) told = { NULL };
  g_auto (Outcome) derived = read_orders ("customer_id,created_at,paid_at,amount\n1,2024-01-02,2024-01-03,5\n2,2024-01-02,,6\n");
  g_auto (Outcome) outcome = read_orders ("date,amount,status\n2024-01-02,1,Paid\n2024-01-02,1,交易关闭\n2024-01-02,1,weird\n2024-01-02,1,Paid\n");
  const MqStatusCount *counts;

  g_assert_cmpstr (derived.csv, ==, "customer_id,time,amount,paid_time,created_time,status\n1,2024-01-03,5.00,2024-01-03,2024-01-02,paid\n2,2024-01-02,6.00,,2024-01-02,unpaid\n");
  g_assert_cmpuint (outcome.draft->statuses->len, ==, 3);
  counts = g_ptr_array_index (outcome.draft->statuses, 0);
  g_assert_cmpstr (counts->text, ==, "Paid");
  g_assert_cmpint (counts->status, ==, MQ_STATUS_PAID);
  g_assert_cmpint (counts->rows, ==, 2);
  counts = g_ptr_array_index (outcome.draft->statuses, 1);
  g_assert_cmpint (counts->status, ==, MQ_STATUS_UNKNOWN);
  assert_warned (&outcome, "weird");
  options.statuses = given;
  told = read_text ("date,amount,status\n2024-01-02,1,weird\n", &options);
  counts = g_ptr_array_index (told.draft->statuses, 0);
  g_assert_cmpint (counts->status, ==, MQ_STATUS_CLOSED);
}

/* Minor units are those of the row's currency: yen have none. */
static void
test_currency (void)
{
  g_autofree char *path = g_build_filename (import_folder, "currency.marquetry", NULL);
  MqImportOutcome  done;
  g_auto (Outcome) outcome = read_orders ("date,amount,currency\n2024-01-02,1500,JPY\n2024-01-03,2.50,EUR\n2024-01-04,3,\n2024-01-05,4,rmb\n");
  g_autoptr (GError) error = NULL;
  MqProject *project = mq_project_create (path, "UTC", "EUR", &error);
  g_autoptr (MqDataset) dataset = NULL;
  const MqColumn *amounts, *currencies;

  g_assert_no_error (outcome.error);
  g_assert_true (mq_project_commit_import (project, outcome.draft, FALSE, &done, NULL, &error));
  dataset = mq_project_load (project, NULL, &error);
  g_assert_no_error (error);
  amounts = mq_dataset_column (dataset, MQ_KIND_ORDERS, "amount", NULL, &error);
  currencies = mq_dataset_column (dataset, MQ_KIND_ORDERS, "currency", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (amounts->values[0], ==, 1500);
  g_assert_cmpint (amounts->values[1], ==, 250);
  g_assert_cmpint (amounts->values[2], ==, 300);
  g_assert_cmpint (amounts->values[3], ==, 400);
  g_assert_cmpstr (mq_strings_get (currencies->strings, currencies->codes[3]), ==, "CNY");
  g_assert_cmpuint (currencies->codes[2], ==, MQ_CODE_MISSING);
  g_assert_true (mq_project_close (project, &error));
  g_unlink (path);
}

/* Lines of an order that lie apart, the one that says all not first; looked at whole or in pieces, by any number of threads. */
static void
test_shuffled_lines (void)
{
  GString        *text = g_string_new ("order_id,phone,paid_time,amount,product,status\n");
  MqImportOptions options = make_options (MQ_KIND_ORDERS);
  g_auto (Outcome) whole = { NULL };

  for (guint i = 0; i < 300; i++)
    if (i % 100 % 3 == i / 100)
      g_string_append_printf (text, "A%u,139%08u,2024-01-%02u,%u,x,paid\n", i % 100, i % 100, 1 + i % 100 % 28, i);
    else
      g_string_append_printf (text, "A%u,,,%u,y%u,\n", i % 100, i, i / 100);
  whole = read_text (text->str, &options);
  g_assert_no_error (whole.error);
  g_assert_true (g_ptr_array_find_with_equal_func (whole.plan->proofs, "600 empty cells on lines of an order are filled from its other lines: keys, times, status, currency, shop.", g_str_equal, NULL));
  for (guint threads = 1; threads < 6; threads += 2)
    {
      MqRun run = { NULL, NULL, threads };
      g_auto (Outcome) parts = { NULL };

      options.head_bytes = 700;
      options.block_bytes = 100;
      parts = read_text_run (text->str, &options, &run);
      g_assert_no_error (parts.error);
      g_assert_cmpstr (whole.csv, ==, parts.csv);
      g_assert_cmpstr (whole.draft->sha256, ==, parts.draft->sha256);
    }
  g_assert_nonnull (strstr (whole.csv, "\n13900000007,2024-01-08,107.00,2024-01-08,A7,paid,x\n"));
  g_assert_nonnull (strstr (whole.csv, "\n13900000007,2024-01-08,7.00,2024-01-08,A7,paid,y0\n"));
  g_string_free (text, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-orders/amount-of", test_amount_of);
  g_test_add_func ("/import-orders/refunds", test_refunds);
  g_test_add_func ("/import-orders/statuses", test_statuses);
  g_test_add_func ("/import-orders/currency", test_currency);
  g_test_add_func ("/import-orders/shuffled-lines", test_shuffled_lines);
  return run_import_tests ();
}

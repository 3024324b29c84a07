/* test-import-headers.c: headers and what becomes of columns; customers. */

#include "import-outcome.h"

static Outcome
read_mapped (MqKind kind, const char *text, const char *map)
{
  g_auto (GStrv) list = g_strsplit (map, "|", -1);
  MqImportOptions options = make_options (kind);

  options.map = list;
  return read_text (text, &options);
}

static void
test_mapping (void)
{
  g_auto (Outcome) product = read_orders ("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n1,85A,Lamp,6,2010-12-01 08:26:00,2.55,17850,UK\n");
  g_auto (Outcome) given = read_mapped (MQ_KIND_ORDERS, "id,email,when,a,b\n1,x@y.z,2024-01-02,3,1.005\n2,x@y.z,2024-01-02,1,2.5\n", "customer=id|time=#3|amount=a*b");
  g_auto (Outcome) nothing = read_mapped (MQ_KIND_ORDERS, "customer_id,date,amount,status\n1,2024-01-02,3,paid\n", "status=");
  g_auto (Outcome) chinese = read_orders ("订单编号,买家会员名,订单创建时间 ,订单付款时间 ,买家实际支付金额,订单状态,宝贝标题 \n8,甲,2024-01-02 10:00:00,,5,等待买家付款,灯\n9,乙,2024-01-02 10:00:00,2024-01-02 10:01:00,7,交易成功,灯\n");
  g_auto (Outcome) wrong = read_mapped (MQ_KIND_ORDERS, "a,b\n1,2\n", "time=c");
  g_auto (Outcome) unknown = read_mapped (MQ_KIND_ORDERS, "a,b\n1,2\n", "colour=a");
  g_auto (Outcome) lacking = read_orders ("customer_id,date\n1,2024-01-02\n");

  assert_field (&product, "Quantity", "amount, quantity");
  assert_field (&product, "StockCode", "product");
  assert_field (&product, "Country", "prop:Country");
  g_assert_nonnull (strstr (product.csv, "15.30"));
  assert_field (&given, "email", "prop:email");
  g_assert_nonnull (strstr (given.csv, "3.02")); /* 3.015 to even */
  assert_field (&nothing, "status", "prop:status");
  assert_field (&chinese, "宝贝标题", "product");
  assert_field (&chinese, "买家会员名", "key.nick");
  assert_field (&chinese, "订单付款时间", "paid_time");
  g_assert_cmpstr (chinese.csv, ==, "nick,time,amount,paid_time,order_id,created_time,status,product\n乙,2024-01-02 10:01:00,7.00,2024-01-02 10:01:00,9,2024-01-02 10:00:00,交易成功,灯\n甲,2024-01-02 10:00:00,5.00,,8,2024-01-02 10:00:00,等待买家付款,灯\n");
  assert_error (&wrong, MQ_IMPORT_ERROR_MAPPING, "“c”");
  assert_error (&unknown, MQ_IMPORT_ERROR_SETTING, "colour");
  assert_error (&lacking, MQ_IMPORT_ERROR_MAPPING, "--map amount=COLUMN");
}

static void
test_customers (void)
{
  MqImportOptions options = make_options (MQ_KIND_CUSTOMERS);
  g_auto (Outcome) outcome = read_text ("手机号,姓名,标签,等级\n13800138000,甲,a,1\n138****8000,乙,b,2\n,丙,c,3\n,丙,c,3\n", &options);

  g_assert_no_error (outcome.error);
  assert_field (&outcome, "手机号", "key.phone, attr:手机号");
  assert_field (&outcome, "等级", "attr:等级");
  assert_warned (&outcome, "masked");
  assert_warned (&outcome, "3 rows have no key");
  g_assert_cmpuint (mq_staged_run_n_rows (g_ptr_array_index (outcome.draft->runs, 0)), ==, 4);
  /* as it came, not as the key is written */
  g_assert_nonnull (strstr (outcome.csv, "\n13800138000,"));
}

static void
test_headers (void)
{
  g_auto (Outcome) outcome = read_orders ("date,amount,x,x,\n2024-01-02,1,a,b,\n");

  g_assert_no_error (outcome.error);
  assert_field (&outcome, "x (2)", "prop:x (2)");
  assert_field (&outcome, "#5", "");
  assert_warned (&outcome, "1 columns have the same header as one before them: they get a number, the first of them is “x (2)”");
  assert_warned (&outcome, "1 columns have no header in line 1: they go by their place, the first of them is “#5”");
}

static void
test_odd_headers (void)
{
  g_autofree char *name = g_strnfill (5000, 'x');
  g_autofree char *text = g_strdup_printf ("date,amount,%s\n2024-01-02,1,a\n", name);
  g_auto (Outcome) longer = read_orders (text);
  g_auto (Outcome) titled = read_orders ("Report of sales\n\ndate,amount\n2024-01-02,1\n2024-01-03,1\n");
  g_auto (Outcome) sep = read_orders ("sep=;\ncustomer_id;date;amount\na;2024-01-02;1\n");
  MqImportOptions options = make_options (MQ_KIND_ORDERS);
  const char     *map[] = { "time=#1", "amount=#2", NULL };

  options.map = (GStrv) map;
  assert_warned (&longer, "The header of column 3 has 5000 characters");
  assert_warned (&titled, "2 lines above the table are no part of it");
  g_assert_cmpuint (sep.draft->warnings->len, ==, 0);
  {
    g_auto (Outcome) bare = read_text ("2024-01-02,1\n2024-01-03,2\n", &options);

    assert_warned (&bare, "The file has no header");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-headers/mapping", test_mapping);
  g_test_add_func ("/import-headers/customers", test_customers);
  g_test_add_func ("/import-headers/headers", test_headers);
  g_test_add_func ("/import-headers/odd-headers", test_odd_headers);
  return run_import_tests ();
}

/*
 * Runs payloads through the data parsers of Wakaama. A request is a line `ID FORMAT OBJECT INSTANCE RESOURCE HEX`, -1 for a level that the path
 * lacks, `-` for no byte; the answer is a line of JSON: `leaves`, each with what Wakaama makes of it as each type, or `error`.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "liblwm2m.h"

void *lwm2m_malloc(size_t size) { return malloc(size); }
void lwm2m_free(void *pointer) { free(pointer); }
char *lwm2m_strdup(const char *text) { return strdup(text); }
int lwm2m_strncmp(const char *a, const char *b, size_t length) { return strncmp(a, b, length); }
time_t lwm2m_gettime(void) { return 0; }

static bool first;

static void printHex(const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) printf("%02x", bytes[i]);
}

static void printLeaf(const char *path, lwm2m_data_t *data)
{
    int64_t integer = 0;
    double number = 0;
    bool boolean = false;
    printf("%s{\"path\":\"%s\"", first ? "" : ",", path);
    first = false;
    if (data->type == LWM2M_TYPE_STRING || data->type == LWM2M_TYPE_OPAQUE)
    {
        printf(",\"raw\":\"");
        printHex(data->value.asBuffer.buffer, data->value.asBuffer.length);
        printf("\"");
    }
    if (data->type == LWM2M_TYPE_OBJECT_LINK) printf(",\"objlnk\":\"%u:%u\"", data->value.asObjLink.objectId, data->value.asObjLink.objectInstanceId);
    if (lwm2m_data_decode_int(data, &integer) == 1) printf(",\"integer\":\"%" PRId64 "\"", integer);
    if (lwm2m_data_decode_float(data, &number) == 1)
    {
        uint64_t bits;
        memcpy(&bits, &number, sizeof bits);
        printf(",\"float\":\"%016" PRIx64 "\"", bits);
    }
    if (lwm2m_data_decode_bool(data, &boolean) == 1) printf(",\"boolean\":%s", boolean ? "true" : "false");
    printf(",\"kind\":%d}", data->type);
}

static void walk(const char *base, int count, lwm2m_data_t *list)
{
    for (int i = 0; i < count; i++)
    {
        char path[64];
        snprintf(path, sizeof path, "%s/%u", base, list[i].id);
        switch (list[i].type)
        {
        case LWM2M_TYPE_OBJECT:
        case LWM2M_TYPE_OBJECT_INSTANCE:
        case LWM2M_TYPE_MULTIPLE_RESOURCE:
            if (list[i].value.asChildren.count == 0)
            {
                printf("%s{\"path\":\"%s\",\"empty\":%d}", first ? "" : ",", path, list[i].type);
                first = false;
            }
            walk(path, (int)list[i].value.asChildren.count, list[i].value.asChildren.array);
            break;
        default:
            printLeaf(path, &list[i]);
        }
    }
}

int main(void)
{
    size_t size = 0;
    char *line = NULL;
    while (getline(&line, &size, stdin) > 0)
    {
        int id, format, object, instance, resource, offset = 0;
        if (sscanf(line, "%d %d %d %d %d %n", &id, &format, &object, &instance, &resource, &offset) < 5) continue;
        const char *hex = line + offset;
        size_t length = *hex == '-' ? 0 : strcspn(hex, "\r\n") / 2;
        uint8_t *payload = malloc(length + 1);
        for (size_t i = 0; i < length; i++) sscanf(hex + 2 * i, "%2hhx", &payload[i]);
        lwm2m_uri_t uri = {0};
        uri.flag = LWM2M_URI_FLAG_OBJECT_ID | (instance < 0 ? 0 : LWM2M_URI_FLAG_INSTANCE_ID) | (resource < 0 ? 0 : LWM2M_URI_FLAG_RESOURCE_ID);
        uri.objectId = (uint16_t)object;
        uri.instanceId = (uint16_t)(instance < 0 ? 0 : instance);
        uri.resourceId = (uint16_t)(resource < 0 ? 0 : resource);
        lwm2m_data_t *data = NULL;
        int count = lwm2m_data_parse(&uri, payload, length, (lwm2m_media_type_t)format, &data);
        printf("{\"id\":%d,", id);
        if (count <= 0) printf("\"error\":\"parses nothing\"}\n");
        else
        {
            char base[32];
            if (instance < 0) snprintf(base, sizeof base, "/%d", object);
            else snprintf(base, sizeof base, "/%d/%d", object, instance);
            first = true;
            printf("\"leaves\":[");
            walk(base, count, data);
            printf("]}\n");
            lwm2m_data_free(count, data);
        }
        fflush(stdout);
        free(payload);
    }
    free(line);
    return 0;
}
